import type { GroupSnapshot } from '@homelab/kafka-clusters';

/**
 * Who reads a partition for a group, as far as Kafka reports it.
 * - `member`: a member holds it
 * - `left-out`: members hold other partitions of its topic, but not this one
 * - `dropped`: members read other topics, but not this one
 * - `nobody`: the group has no member
 * - `simple`: the group never has members, so it is unknown whether it reads
 * - `unknown`: the members or their assignments could not be read
 */
export type Reader =
  'member' | 'left-out' | 'dropped' | 'nobody' | 'simple' | 'unknown';

/** The reader of one partition. */
export interface PartitionReader {
  readonly reader: Reader;
  /** Null unless a member holds it. */
  readonly memberId: string | null;
}

/** Whether the group certainly has no member, although it would have some while running. */
export function isMemberless(group: GroupSnapshot): boolean {
  return readerWithoutHolder(group, new Set(), '') === 'nobody';
}

/** Returns a function that finds the reader of a partition for the group. */
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
  // During a rebalance no member holds anything; assignments of other protocols, such as
  // Connect's, cannot be decoded; and no assignment at all is most likely one of those.
  if (state !== 'Stable' || protocolType !== 'consumer' || topics.size === 0)
    return 'unknown';
  return topics.has(topic) ? 'left-out' : 'dropped';
}
