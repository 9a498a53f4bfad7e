import {
  describeGroup,
  severityOfStatus,
  worstStatus,
} from '@homelab/plugin-consumer-lag-common';
import type {
  GroupDetail,
  GroupMember,
  GroupPartition,
  LagStatus,
} from '@homelab/plugin-consumer-lag-common';
import type { CommittedOffset, GroupSnapshot } from '@homelab/kafka-clusters';
import { groupBy } from '@homelab/portal-node';
import { describePartition } from './describePartition';
import type { PartitionSources } from './describePartition';
import { leastKnown, sumKnown, sumLag, worstEta, worstTimeLag } from './flow';
import { toText } from './texts';

/** What a group is described from. */
export interface GroupSources extends PartitionSources {
  readonly cluster: string;
  /** Status it had, and since when; undefined when it is seen for the first time. */
  readonly before: { status: LagStatus; sinceMs: number } | undefined;
  readonly entityRefs: readonly string[];
  readonly ownerRefs: readonly string[];
}

/** Describes everything that is known of a group: its partitions, its members, and the whole. */
export function describeGroupDetail(
  group: GroupSnapshot,
  sources: GroupSources,
): GroupDetail {
  const partitions = describePartitions(group, sources);
  const status = statusOf(group, partitions);
  const { snapshot, memory, before } = sources;
  const lag = sumLag(partitions);
  const isSame = before?.status === status;
  const summary = {
    cluster: sources.cluster,
    groupId: group.groupId,
    status,
    severity: severityOfStatus(status),
    since: new Date(isSame ? before.sinceMs : snapshot.takenAtMs).toISOString(),
    lag: toText(lag),
    timeLag: worstTimeLag(partitions.map(({ timeLag }) => timeLag)),
    producedPerSecond: sumKnown(partitions.map(one => one.producedPerSecond)),
    consumedPerSecond: sumKnown(partitions.map(one => one.consumedPerSecond)),
    eta: worstEta(
      partitions.filter(one => one.lag !== null).map(({ eta }) => eta),
    ),
    headroomMs: leastKnown(partitions.map(one => one.headroomMs)),
    unknownPartitions: partitions.filter(
      one => one.lag === null && one.status !== 'ORPHANED',
    ).length,
    partitionCount: partitions.length,
    state: group.state,
    memberCount: group.members.length,
    topics: [...new Set(partitions.map(({ topic }) => topic))].toSorted(),
    spark: memory.spark(group.groupId).until(snapshot.takenAtMs, lag),
    readAt: new Date(group.readAtMs).toISOString(),
    entityRefs: [...sources.entityRefs],
    ownerRefs: [...sources.ownerRefs],
    problem: group.problem ?? null,
  };
  return {
    ...summary,
    sentence: describeGroup(summary),
    protocolType: group.protocolType,
    assignor: group.assignor,
    members: describeMembers(group, partitions),
    partitions,
    skew: skewOf(partitions),
  };
}

function statusOf(
  { offsetsProblem }: GroupSnapshot,
  partitions: readonly GroupPartition[],
): LagStatus {
  const known = partitions.filter(({ status }) => status !== 'ORPHANED');
  // One partition without a commit says little beside others that have one.
  const committing = known.filter(({ status }) => status !== 'NO_COMMIT');
  const of = committing.length > 0 ? committing : known;
  const worst = worstStatus(of.map(({ status }) => status));
  if (offsetsProblem && (worst === undefined || worst === 'OK'))
    return 'UNREADABLE';
  return worst ?? (partitions.length > 0 ? 'ORPHANED' : 'NO_COMMIT');
}

/** Partitions with a committed offset, and those that a member holds without one. */
function describePartitions(
  group: GroupSnapshot,
  sources: GroupSources,
): GroupPartition[] {
  const holders = new Map<string, string>();
  const committed = new Map<string, CommittedOffset>();
  for (const one of group.committed)
    committed.set(`${one.topic}/${one.partition}`, one);
  for (const { memberId, assigned } of group.members)
    for (const { topic, partitions } of assigned)
      for (const partition of partitions) {
        const key = `${topic}/${partition}`;
        holders.set(key, memberId);
        if (!committed.has(key))
          committed.set(key, { topic, partition, offset: null });
      }
  return [...committed.values()]
    .filter(
      one =>
        one.offset !== null ||
        one.problem ||
        holders.has(`${one.topic}/${one.partition}`),
    )
    .map(one =>
      describePartition(
        one,
        group,
        holders.get(`${one.topic}/${one.partition}`) ?? null,
        sources,
      ),
    )
    .toSorted(
      (a, b) =>
        (a.topic === b.topic ? 0 : a.topic.localeCompare(b.topic)) ||
        a.partition - b.partition,
    );
}

function describeMembers(
  { members }: GroupSnapshot,
  partitions: readonly GroupPartition[],
): GroupMember[] {
  const byMember = groupBy(partitions, ({ memberId }) => memberId);
  return members.map(member => {
    const own = byMember.get(member.memberId) ?? [];
    return {
      memberId: member.memberId,
      instanceId: member.instanceId,
      clientId: member.clientId,
      host: member.host,
      assigned: member.assigned.map(({ topic, partitions: held }) => ({
        topic,
        partitions: held.toSorted((a, b) => a - b),
      })),
      lag: toText(sumLag(own)),
      consumedPerSecond: sumKnown(own.map(one => one.consumedPerSecond)),
    };
  });
}

function skewOf(partitions: readonly GroupPartition[]): GroupDetail['skew'] {
  const lagging = partitions.filter(one => one.lag !== null);
  let worst: GroupPartition | undefined;
  for (const one of lagging)
    if (!worst || BigInt(one.lag ?? 0) > BigInt(worst.lag ?? 0)) worst = one;
  const total = sumLag(lagging) ?? 0n;
  if (worst === undefined || total === 0n || lagging.length < 2) return null;
  const share = Number(worst.lag) / Number(total);
  return {
    topic: worst.topic,
    partition: worst.partition,
    share,
    timesFairShare: share * lagging.length,
  };
}
