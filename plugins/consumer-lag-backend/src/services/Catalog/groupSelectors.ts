import { isOneOf } from '@homelab/dead-letters';

/** Which groups one part of the annotation means. */
export interface GroupSelector {
  /** The part as it was written. */
  readonly text: string;
  matches(cluster: string, groupId: string): boolean;
}

/**
 * Reads the value of the annotation `kafka.apache.org/consumer-groups`. A slash may also be
 * part of the name of a group: such a group is meant as well when it has the whole text as its
 * name.
 */
export function parseConsumerGroups(value: string): readonly GroupSelector[] {
  return value
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
    .map(selectorOf);
}

function selectorOf(text: string): GroupSelector {
  const cut = text.indexOf('/');
  const [cluster, group] = [text.slice(0, cut), text.slice(cut + 1)];
  return {
    text,
    matches: (clusterName, groupId) =>
      isOneOf(groupId, [text]) ||
      (cut >= 0 &&
        isOneOf(clusterName, [cluster]) &&
        isOneOf(groupId, [group])),
  };
}
