import { isOneOf } from '@homelab/kafka';

/** Knows which Kafka topics of a cluster hold dead letters, and of which topics. */
export interface DeadLetterTopics {
  isDeadLetterTopic(topic: string): boolean;
  /** Where the letters of a topic come from unless they say so; undefined when unknown. */
  originOf(topic: string): string | undefined;
  /** The dead-letter topic of a topic, among all existing topics; null when there is none. */
  deadLetterTopicOf(topic: string, all: ReadonlySet<string>): string | null;
}

/**
 * Recognizes dead-letter topics by their names.
 *
 * @param options.topics name patterns in which `*` stands for the topic whose letters they hold
 * @param options.origins exceptions: origins by dead-letter topic, each with at most one `*`
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
        // An earlier rule may give that name another origin.
        if (isDeadLetterTopic(name) && originOf(name) === topic) return name;
      }
      return null;
    },
  };
}

/** The text that `*` matches in a name; undefined when the pattern does not match. */
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
  // A function, because a string could contain replacement patterns such as `$&`.
  return pattern.replace('*', () => text);
}
