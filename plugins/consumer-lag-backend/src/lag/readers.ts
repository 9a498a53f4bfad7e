import type { GroupSnapshot } from '@homelab/kafka-clusters';

/**
 * Who reads a partition for a group, as far as Kafka says.
 * - `member`: a member holds it
 * - `left-out`: members hold other partitions of its topic, and none this one
 * - `dropped`: members read other topics, and none this one
 * - `nobody`: the group has no member
 * - `simple`: the group never has members, so nobody can say whether it is read
 * - `unknown`: Kafka did not say who the members are, or what they hold cannot be read
 */
export type Reader =
  'member' | 'left-out' | 'dropped' | 'nobody' | 'simple' | 'unknown';

/** Who reads one partition. */
export interface PartitionReader {
  readonly reader: Reader;
  /** Null unless a member holds it. */
  readonly memberId: string | null;
}

/** Whether it is certain that the group has no member, of a kind that has some when it runs. */
export function isMemberless(group: GroupSnapshot): boolean {
  return readerWithoutHolder(group, new Set(), '') === 'nobody';
}

/** Gives a function that tells who reads a partition of a Kafka topic for the group. */
export function readersOfGroup(
  group: GroupSnapshot,
): (topic: string, partition: number) => PartitionReader {
  const holders = new Map<string, string>();
  const topics = new Set<string>();
  for (const { memberId, assigned } of group.members)
    for (const { topic, partitions } of assigned) {
      topics.add(topic);
      for (const partition of partitions)
        holders.set(`${topic}/${partition}`, memberId);
    }
  return (topic, partition) => {
    const memberId = holders.get(`${topic}/${partition}`) ?? null;
    const reader =
      memberId === null ? readerWithoutHolder(group, topics, topic) : 'member';
    return { reader, memberId };
  };
}

function readerWithoutHolder(
  { members, problem, protocolType, state }: GroupSnapshot,
  topics: ReadonlySet<string>,
  topic: string,
): Reader {
  if (members.length === 0) {
    if (problem !== undefined) return 'unknown';
    return protocolType === '' ? 'simple' : 'nobody';
  }
  // During a rebalance nobody holds anything; of other protocols, such as Connect's, the
  // bytes are not ours to read; and no assignment at all is more likely one that is not read.
  if (state !== 'Stable' || protocolType !== 'consumer' || topics.size === 0)
    return 'unknown';
  return topics.has(topic) ? 'left-out' : 'dropped';
}
