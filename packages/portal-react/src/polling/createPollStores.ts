import { createPollStore } from './createPollStore';
import type { PollPace, PollStore, Visibility } from './createPollStore';

/** Stores of one kind that are kept, so that going back shows the last answer at once. */
const maxKept = 20;

/**
 * Gives one poller for each question, shared by every view that asks it. Nothing is asked
 * before somebody looks.
 */
export function createPollStores(deps: {
  readonly visibility: Visibility;
  readonly now: () => number;
}) {
  const { visibility, now } = deps;
  return function storesOf<Question, Answer extends { now: string }>(
    pace: PollPace,
    ask: (question: Question, signal: AbortSignal) => Promise<Answer>,
  ): (question: Question) => PollStore<Answer> {
    return keepOneEach(question =>
      createPollStore({
        ask: signal => ask(question, signal),
        pace,
        visibility,
        now,
      }),
    );
  };
}

/** Remembers what was created for a question; what was used longest ago goes first. */
function keepOneEach<Question, Kept>(
  create: (question: Question) => Kept,
): (question: Question) => Kept {
  const kept = new Map<string, Kept>();
  return question => {
    const key = JSON.stringify(question);
    const found = kept.get(key) ?? create(question);
    kept.delete(key);
    kept.set(key, found);
    for (const oldest of kept.keys()) {
      if (kept.size <= maxKept) break;
      kept.delete(oldest);
    }
    return found;
  };
}
