import type { KafkaClient } from '@homelab/service-kit';
import type { Ledger } from './ledger.ts';
import { parseLetter } from './letter.ts';
import type { Letter } from './letter.ts';

/** How many letters have a code. */
export interface CodeCount {
  readonly code: string;
  readonly waiting: number;
  readonly redriven: number;
}

/** What a dead-letter topic holds. */
export interface LetterSummary {
  readonly topic: string;
  readonly letters: number;
  /** Not redriven yet. */
  readonly waiting: number;
  readonly redriven: number;
  /** Times of failure; absent when there is no letter. */
  readonly oldestFailedAtMs?: number;
  readonly newestFailedAtMs?: number;
  /** The most frequent first. */
  readonly codes: readonly CodeCount[];
}

/** Creates what counts letters of a topic one by one. */
export function createSummary(topic: string): {
  add(letter: Letter, isRedriven: boolean): void;
  result(): LetterSummary;
} {
  const codes = new Map<string, { waiting: number; redriven: number }>();
  let oldestMs = Infinity;
  let newestMs = -Infinity;
  return {
    add({ code, failedAtMs }, isRedriven) {
      const counts = codes.get(code) ?? { waiting: 0, redriven: 0 };
      counts[isRedriven ? 'redriven' : 'waiting'] += 1;
      codes.set(code, counts);
      oldestMs = Math.min(oldestMs, failedAtMs);
      newestMs = Math.max(newestMs, failedAtMs);
    },
    result() {
      const counted = [...codes].map(([code, counts]) => ({ code, ...counts }));
      const waiting = counted.reduce((sum, one) => sum + one.waiting, 0);
      const redriven = counted.reduce((sum, one) => sum + one.redriven, 0);
      return {
        topic,
        letters: waiting + redriven,
        waiting,
        redriven,
        ...(counted.length > 0 && {
          oldestFailedAtMs: oldestMs,
          newestFailedAtMs: newestMs,
        }),
        codes: counted.toSorted(
          (a, b) => b.waiting + b.redriven - a.waiting - a.redriven,
        ),
      };
    },
  };
}

/** Counts the letters of dead-letter topics, in the order of the topics. */
export async function summariseLetters(
  kafka: KafkaClient,
  topics: readonly string[],
  ledger: Ledger,
): Promise<LetterSummary[]> {
  const summaries = new Map(topics.map(topic => [topic, createSummary(topic)]));
  await kafka.read({
    topics,
    onRecords: async records => {
      for (const record of records) {
        const isRedriven = ledger.entryOf(record) !== undefined;
        summaries.get(record.topic)?.add(parseLetter(record), isRedriven);
      }
      return 'more';
    },
  });
  return [...summaries.values()].map(summary => summary.result());
}
