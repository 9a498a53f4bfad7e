import { patternOf } from '@homelab/plugin-consumer-lag-common';

/** Which Kafka topics hold dead letters, and whose. */
export type DeadLettersOf = (
  topic: string,
  all: ReadonlySet<string>,
) => { deadLetterTopic: string | null; isDeadLetters: boolean };

/**
 * Knows dead-letter topics by their names: `*` in a glob stands for the Kafka topic whose
 * letters they hold.
 */
export function createDeadLettersOf(globs: readonly string[]): DeadLettersOf {
  const patterns = globs.map(patternOf);
  return (topic, all) => ({
    deadLetterTopic:
      globs
        // A function, because a name may hold what means something in a replacement.
        .map(glob => glob.replace('*', () => topic))
        .find(name => name !== topic && all.has(name)) ?? null,
    isDeadLetters: patterns.some(pattern => pattern.test(topic)),
  });
}
