import { formatCount, formatDuration } from '@homelab/portal-common';
import type { OverallSentence } from '@homelab/portal-common';
import type { DeadLetterTopic } from './deadLetters';

type Counted = Pick<
  DeadLetterTopic,
  'topic' | 'waiting' | 'isPartial' | 'oldestFailedAt' | 'problem'
>;

/** Says in one sentence how many dead letters wait, and since when. */
export function describeDeadLetters(
  topics: readonly Counted[],
  nowMs: number,
): OverallSentence {
  const unread = topics.filter(({ problem }) => problem !== null);
  const waiting = topics.filter(topic => topic.waiting > 0);
  if (topics.length === 0) {
    return {
      severity: 'unknown',
      text: 'No dead-letter topic is known in this cluster.',
    };
  }
  if (waiting.length === 0) {
    return unread.length > 0
      ? {
          severity: 'unknown',
          text: `${unread.length === 1 ? `${unread[0]?.topic} could` : `${unread.length} dead-letter topics could`} not be read; no other dead letter waits.`,
        }
      : { severity: 'ok', text: 'No dead letter waits.' };
  }
  const count = waiting.reduce((sum, topic) => sum + topic.waiting, 0);
  const atLeast = waiting.some(({ isPartial }) => isPartial) ? 'At least ' : '';
  const where =
    waiting.length === 1
      ? waiting[0]?.topic
      : `${waiting.length} dead-letter topics`;
  const oldest = waiting
    .flatMap(({ oldestFailedAt }) => oldestFailedAt ?? [])
    .reduce((a, b) => (a < b ? a : b), '9999');
  const since =
    oldest === '9999'
      ? ''
      : `, the oldest for ${formatDuration(nowMs - Date.parse(oldest))}`;
  return {
    severity: 'watch',
    text: `${atLeast}${formatCount(count)} dead ${count === 1 ? 'letter waits' : 'letters wait'} in ${where}${since}.`,
  };
}
