/**
 * Names the consumer groups of an entity, separated by commas: `cluster/group`, or a group
 * alone, which means that group in every cluster. `*` stands for any text.
 */
export const consumerGroupsAnnotation = 'kafka.apache.org/consumer-groups';

/** Which groups one part of the annotation means. */
export interface GroupSelector {
  /** The part as it was written. */
  readonly text: string;
  matches(cluster: string, groupId: string): boolean;
}

/**
 * Reads the value of {@link consumerGroupsAnnotation}. A slash may also be part of the name
 * of a group: such a group is meant as well when it has the whole text as its name.
 */
export function parseConsumerGroups(value: string): readonly GroupSelector[] {
  return value
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(selectorOf);
}

function selectorOf(text: string): GroupSelector {
  const whole = patternOf(text);
  const cut = text.indexOf('/');
  if (cut < 0) return { text, matches: (_, groupId) => whole.test(groupId) };
  const cluster = patternOf(text.slice(0, cut));
  const group = patternOf(text.slice(cut + 1));
  return {
    text,
    matches: (clusterName, groupId) =>
      (cluster.test(clusterName) && group.test(groupId)) || whole.test(groupId),
  };
}

/** Tells names by a glob. */
export interface NamePattern {
  test(name: string): boolean;
}

/**
 * A pattern for the whole of a name in which `*` stands for any text. No regular expression:
 * whoever writes an annotation may write many `*`, and one would try every way to fill them.
 */
export function patternOf(glob: string): NamePattern {
  const [start = '', ...rest] = glob.split('*');
  const end = rest.pop();
  if (end === undefined) return { test: name => name === glob };
  return {
    test(name) {
      if (name.length < start.length + end.length) return false;
      if (!name.startsWith(start) || !name.endsWith(end)) return false;
      // The first place that fits leaves the most for the parts behind it.
      let at = start.length;
      for (const part of rest) {
        const found = name.indexOf(part, at);
        if (found < 0) return false;
        at = found + part.length;
      }
      return at <= name.length - end.length;
    },
  };
}
