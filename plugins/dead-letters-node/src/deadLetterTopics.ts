import { isOneOf } from '@homelab/dead-letters';

/** The one place that knows which Kafka topics of a cluster hold dead letters, and whose. */
export interface DeadLetterTopics {
  isDeadLetterTopic(topic: string): boolean;
  /** Where letters of a topic come from when they do not say; undefined when that is not known. */
  originOf(topic: string): string | undefined;
  /** Where letters of a topic go to, of all topics that there are; null when nowhere. */
  deadLetterTopicOf(topic: string, all: ReadonlySet<string>): string | null;
}

/**
 * Knows dead-letter topics by their names.
 * @param options.topics names in which `*` stands for the topic whose letters they hold
 * @param options.origins what goes before that: origins by name, both with one `*` at most
 */
export function createDeadLetterTopics(options: {
  readonly topics: readonly string[];
  readonly origins?: Readonly<Record<string, string>>;
}): DeadLetterTopics {
  const { topics } = options;
  const rules = [
    ...Object.entries(options.origins ?? {}),
    ...topics.filter(one => one.includes('*')).map(one => [one, '*'] as const),
  ];
  const isDeadLetterTopic = (topic: string) =>
    !topic.startsWith('__') && isOneOf(topic, topics);

  function originOf(topic: string): string | undefined {
    for (const [pattern, origin] of rules) {
      const found = captured(topic, pattern);
      if (found !== undefined) return filled(origin, found);
    }
    return undefined;
  }

  return {
    isDeadLetterTopic,
    originOf,
    deadLetterTopicOf(topic, all) {
      for (const [pattern, origin] of rules) {
        const found = captured(topic, origin);
        const name = found === undefined ? topic : filled(pattern, found);
        if (name === topic || !all.has(name)) continue;
        // A rule before may say otherwise of that name.
        if (isDeadLetterTopic(name) && originOf(name) === topic) return name;
      }
      return null;
    },
  };
}

/** What the `*` of a pattern stands for in a name; undefined when the pattern does not fit. */
function captured(name: string, pattern: string): string | undefined {
  const cut = pattern.indexOf('*');
  if (cut < 0) return pattern === name ? '' : undefined;
  const [start, end] = [pattern.slice(0, cut), pattern.slice(cut + 1)];
  const fits =
    name.length >= start.length + end.length &&
    name.startsWith(start) &&
    name.endsWith(end);
  return fits ? name.slice(start.length, name.length - end.length) : undefined;
}

function filled(pattern: string, text: string): string {
  // A function, because a name may hold what means something in a replacement.
  return pattern.replace('*', () => text);
}
