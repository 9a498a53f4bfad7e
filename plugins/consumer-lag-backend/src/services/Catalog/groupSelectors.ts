import { isOneOf } from '@homelab/kafka';

/** One part of the annotation. */
export interface GroupSelector {
  /** The part as written. */
  readonly text: string;
  matches(cluster: string, groupId: string): boolean;
}

/**
 * Parses the value of the annotation `kafka.apache.org/consumer-groups`. A group's name may
 * contain a slash, so a part also matches a group with the whole text as its name.
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
