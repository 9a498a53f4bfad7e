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
import type { GroupSnapshot } from '@homelab/kafka-clusters';
import { groupBy } from '@homelab/portal-node';
import { describePartition } from './describePartition';
import type { PartitionSources } from './describePartition';
import {
  leastKnown,
  sumKnown,
  sumKnownOffsets,
  sumLag,
  worstEta,
  worstTimeLag,
} from './flow';
import { isMemberless, readersOfGroup } from './readers';
import { toInstant, toText } from './texts';

/** The input of {@link describeGroupDetail}. */
export interface GroupSources extends PartitionSources {
  readonly cluster: string;
  /** Its previous status, and since when; undefined when it is seen for the first time. */
  readonly before:
    | {
        readonly status: LagStatus;
        readonly sinceMs: number;
        readonly memberlessSinceMs: number | null;
      }
    | undefined;
  readonly entityRefs: readonly string[];
  readonly ownerRefs: readonly string[];
}

/** Describes a group with its partitions and members. */
export function describeGroupDetail(
  group: GroupSnapshot,
  sources: GroupSources,
): GroupDetail {
  const partitions = describePartitions(group, sources);
  const status = statusOf(group, partitions, sources);
  const { snapshot, memory, before } = sources;
  // Abandoned topics are not part of the lag.
  const read = partitions.filter(one => one.status !== 'ABANDONED');
  const lag = sumLag(read);
  const lost = sumKnownOffsets(
    read.map(one => (one.lost === null ? null : BigInt(one.lost))),
  );
  const isSame = before?.status === status;
  const summary = {
    cluster: sources.cluster,
    groupId: group.groupId,
    status,
    severity: severityOfStatus(status),
    since: new Date(isSame ? before.sinceMs : snapshot.takenAtMs).toISOString(),
    lag: toText(lag),
    timeLag: worstTimeLag(read.map(({ timeLag }) => timeLag)),
    producedPerSecond: sumKnown(read.map(one => one.producedPerSecond)),
    consumedPerSecond: sumKnown(read.map(one => one.consumedPerSecond)),
    eta: worstEta(read.filter(one => one.lag !== null).map(({ eta }) => eta)),
    headroomMs: leastKnown(read.map(one => one.headroomMs)),
    lost: toText(lost),
    unknownPartitions: read.filter(
      one => one.lag === null && one.status !== 'ORPHANED',
    ).length,
    partitionCount: partitions.length,
    state: group.state,
    memberCount: group.members.length,
    memberlessSince: toInstant(memberlessSince(group, sources)),
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
  group: GroupSnapshot,
  partitions: readonly GroupPartition[],
  { entityRefs }: GroupSources,
): LagStatus {
  const ofPartitions = worstOfPartitions(group, partitions);
  if (!isMemberless(group)) return ofPartitions;
  // A catalog entity that names the group says that it needs a reader.
  const reading = entityRefs.length > 0 ? 'NO_READER' : 'IDLE';
  return worstStatus([ofPartitions, reading]) ?? ofPartitions;
}

function worstOfPartitions(
  { offsetsProblem }: GroupSnapshot,
  partitions: readonly GroupPartition[],
): LagStatus {
  const known = partitions.filter(({ status }) => status !== 'ORPHANED');
  // A partition without a commit says little next to others with one.
  const committing = known.filter(({ status }) => status !== 'NO_COMMIT');
  const of = committing.length > 0 ? committing : known;
  const worst = worstStatus(of.map(({ status }) => status));
  if (offsetsProblem && (worst === undefined || worst === 'OK'))
    return 'UNREADABLE';
  return worst ?? (partitions.length > 0 ? 'ORPHANED' : 'NO_COMMIT');
}

/** Since when the group has been without members; undefined while it has some. */
function memberlessSince(
  group: GroupSnapshot,
  { before, snapshot }: GroupSources,
): number | undefined {
  const known = before?.memberlessSinceMs ?? undefined;
  if (isMemberless(group)) return known ?? snapshot.takenAtMs;
  // What a poll could not see is unchanged.
  return group.problem && group.members.length === 0 ? known : undefined;
}

/** Partitions with a committed offset, and those that a member holds without one. */
function describePartitions(
  group: GroupSnapshot,
  sources: GroupSources,
): GroupPartition[] {
  const readerOf = readersOfGroup(group);
  return group.committed
    .map(one => ({ one, by: readerOf(one.topic, one.partition) }))
    .filter(
      ({ one, by }) =>
        one.offset !== null || one.problem || by.reader === 'member',
    )
    .map(({ one, by }) => describePartition(one, group, by, sources))
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
