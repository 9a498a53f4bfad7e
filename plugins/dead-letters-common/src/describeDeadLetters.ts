import { formatCount, formatDuration } from '@homelab/portal-common';
import type { OverallSentence } from '@homelab/portal-common';
import type { DeadLetterTopic } from './deadLetters';

type Counted = Pick<
  DeadLetterTopic,
  'topic' | 'waiting' | 'isPartial' | 'oldestFailedAt' | 'problem'
>;

/** Returns one sentence: how many messages failed and still wait, and since when. */
export function describeDeadLetters(
  topics: readonly Counted[],
  nowMs: number,
): OverallSentence {
  const unread = topics.filter(({ problem }) => problem !== null);
  const waiting = topics.filter(topic => topic.waiting > 0);
  if (topics.length === 0) {
    return {
      severity: 'unknown',
      text: 'This cluster has no dead-letter topics.',
    };
  }
  if (waiting.length === 0) {
    return unread.length > 0
      ? {
          severity: 'unknown',
          text: `${unread.length === 1 ? unread[0]?.topic : `${unread.length} dead-letter topics`} cannot be read; no failed messages wait elsewhere.`,
        }
      : { severity: 'ok', text: 'No failed messages are waiting.' };
  }
  const count = waiting.reduce((sum, topic) => sum + topic.waiting, 0);
  const atLeast = waiting.some(({ isPartial }) => isPartial) ? 'At least ' : '';
  const oldest = waiting
    .flatMap(({ oldestFailedAt }) => oldestFailedAt ?? [])
    .reduce((a, b) => (a < b ? a : b), '9999');
  const since =
    oldest === '9999'
      ? ''
      : `; the oldest failed ${formatDuration(nowMs - Date.parse(oldest))} ago`;
  return {
    severity: 'watch',
    text: `${atLeast}${formatCount(count)} ${count === 1 ? 'message' : 'messages'} could not be processed${since}.`,
  };
}
