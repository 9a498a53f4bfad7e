import {
  countStatuses,
  describeGroup,
  groupLineSchema,
  severityOfStatus,
} from '@homelab/plugin-consumer-lag-common';
import type {
  Cluster,
  GroupDetail,
  GroupMember,
  GroupPartition,
  GroupsInShort,
  GroupSummary,
  LagStatus,
  Spark,
} from '@homelab/plugin-consumer-lag-common';
import { createRandom } from './random';

const second = 1_000;
const minute = 60 * second;

/** The time `ms` milliseconds ago, ISO 8601. */
export function ago(ms: number): string {
  return new Date(Date.now() - ms).toISOString();
}

/** A freshly polled cluster. */
export function createCluster(overrides: Partial<Cluster> = {}): Cluster {
  return {
    name: 'home',
    title: 'Home',
    dashboardUrl: null,
    polledAt: ago(8 * second),
    pollIntervalMs: 15 * second,
    requestsPerPoll: 12,
    problem: null,
    partialProblems: [],
    ...overrides,
  };
}

/** The lag of an hour: one value per minute, from a function of 0 to 1. */
export function createSpark(
  lagAt: (share: number) => number | null = () => 0,
): Spark {
  const count = 60;
  return {
    from: ago(count * minute),
    stepMs: minute,
    lag: Array.from({ length: count }, (_, index) => {
      const lag = lagAt(index / (count - 1));
      return lag === null ? null : Math.max(0, Math.round(lag));
    }),
  };
}

/** A group that keeps up, with overrides. */
export function createGroup(
  overrides: Partial<GroupSummary> = {},
): GroupSummary {
  const status: LagStatus = overrides.status ?? 'OK';
  const group: GroupSummary = {
    cluster: 'home',
    groupId: 'timescale-sink',
    status,
    severity: severityOfStatus(status),
    since: ago(42 * minute),
    sentence: '',
    lag: '0',
    timeLag: { kind: 'caught-up', ms: 0 },
    producedPerSecond: 12.4,
    consumedPerSecond: 12.4,
    eta: { kind: 'done' },
    headroomMs: null,
    unknownPartitions: 0,
    partitionCount: 12,
    state: 'Stable',
    memberCount: 2,
    memberlessSince: null,
    lost: null,
    topics: ['homelab.energy', 'homelab.heatpump'],
    spark: createSpark(),
    readAt: ago(8 * second),
    entityRefs: ['component:default/timescale-sink'],
    ownerRefs: ['group:default/household'],
    problem: null,
    ...overrides,
  };
  return { ...group, sentence: overrides.sentence ?? describeGroup(group) };
}

/** A group that falls behind. */
export function createLaggingGroup(
  overrides: Partial<GroupSummary> = {},
): GroupSummary {
  return createGroup({
    groupId: 'timescaledb-energy',
    status: 'WARN',
    since: ago(12 * minute),
    lag: '6480',
    timeLag: { kind: 'estimated', ms: 9 * minute },
    producedPerSecond: 12.4,
    consumedPerSecond: 10.1,
    eta: { kind: 'falling-behind', recordsPerSecond: 2.3 },
    headroomMs: 51 * minute,
    topics: ['homelab.energy'],
    spark: createSpark(share => (share < 0.7 ? 4 : (share - 0.7) * 21_600)),
    ...overrides,
  });
}

/** The backend's summary of groups, which come worst first. */
export function createGroupsInShort(
  groups: readonly GroupSummary[],
  limit = 3,
): GroupsInShort {
  return {
    now: new Date().toISOString(),
    clusters: [createCluster()],
    counts: countStatuses(groups),
    lag: String(groups.reduce((sum, { lag }) => sum + BigInt(lag ?? 0), 0n)),
    worst: groups.slice(0, limit).map(group => groupLineSchema.parse(group)),
  };
}

/** A partition that is read, with overrides. */
export function createPartition(
  overrides: Partial<GroupPartition> = {},
): GroupPartition {
  return {
    topic: 'homelab.energy',
    partition: 0,
    status: 'OK',
    evidence: 'It has read everything.',
    low: '120000',
    committed: '184220',
    end: '184220',
    lag: '0',
    timeLag: { kind: 'caught-up', ms: 0 },
    producedPerSecond: 1.1,
    consumedPerSecond: 1.1,
    eta: { kind: 'done' },
    headroomMs: null,
    lost: null,
    inOpenTransaction: null,
    movedAt: ago(4 * second),
    memberId: 'sink-1-7d5f',
    ...overrides,
  };
}

/** A member of a group. */
export function createMember(
  overrides: Partial<GroupMember> = {},
): GroupMember {
  return {
    memberId: 'sink-1-7d5f',
    instanceId: null,
    clientId: 'sink-1',
    host: '10.0.0.21',
    assigned: [{ topic: 'homelab.energy', partitions: [0] }],
    lag: '0',
    consumedPerSecond: 6.2,
    ...overrides,
  };
}

/**
 * Partitions of one topic whose lags differ: most have none, a few have much.
 *
 * @param options.worst the greatest lag of a partition
 */
export function createPartitions(options: {
  count: number;
  topic?: string;
  worst: number;
  members?: readonly string[];
  status?: LagStatus;
}): GroupPartition[] {
  const { count, topic = 'homelab.energy', worst, status = 'WARN' } = options;
  const members = options.members ?? ['sink-1-7d5f', 'sink-2-91ab'];
  const random = createRandom(count * 31 + worst);
  const worstIndex = Math.floor(random() * count);
  return Array.from({ length: count }, (_, partition) => {
    const isWorst = partition === worstIndex;
    const lag = isWorst ? worst : Math.floor(worst * random() ** 8);
    const end = 184_000 + Math.floor(random() * 9_000);
    const timeLagMs = Math.round((lag / Math.max(1, worst)) * 9 * minute);
    return createPartition({
      topic,
      partition,
      end: String(end),
      committed: String(end - lag),
      lag: String(lag),
      memberId: members[partition % members.length] ?? null,
      producedPerSecond: 0.6 + random(),
      ...(lag > 0 && {
        timeLag: { kind: 'estimated', ms: timeLagMs },
        eta: { kind: 'draining', ms: timeLagMs },
        headroomMs: 60 * minute - timeLagMs,
        evidence: 'Its lag fell within the last 10 polls.',
      }),
      ...(isWorst &&
        lag > 0 && {
          status,
          evidence: evidenceOf[status] ?? 'Its lag has not fallen for 12 min.',
          consumedPerSecond: status === 'WARN' ? 0.7 : 0,
          eta:
            status === 'WARN'
              ? { kind: 'falling-behind', recordsPerSecond: 0.4 }
              : { kind: 'not-moving' },
        }),
    });
  });
}

const evidenceOf: Partial<Record<LagStatus, string>> = {
  WARN: 'Its lag has not fallen once in the last 12 min.',
  STALL:
    'Its committed offset has been 177520 for 18 min while a member has the partition.',
  STOP: 'Its committed offset has not moved for 1 h 4 min and the group has no member.',
  REWIND: 'Its committed offset went back by 4,100 records at 14:02.',
  LOSS: 'Records 119200 to 119999 were deleted before they were read.',
};

/** A group with all details. */
export function createDetail(
  overrides: Partial<GroupDetail> = {},
): GroupDetail {
  const partitions =
    overrides.partitions ?? createPartitions({ count: 12, worst: 4_100 });
  const members = overrides.members ?? membersOf(partitions);
  return {
    ...createLaggingGroup(),
    protocolType: 'consumer',
    assignor: 'range',
    members,
    partitions,
    skew: skewOf(partitions),
    ...overrides,
    partitionCount: partitions.length,
    memberCount: members.length,
  };
}

function membersOf(partitions: readonly GroupPartition[]): GroupMember[] {
  const ids = [
    ...new Set(partitions.flatMap(({ memberId }) => memberId ?? [])),
  ];
  return ids.map((memberId, index) => {
    const own = partitions.filter(one => one.memberId === memberId);
    const topics = [...new Set(own.map(({ topic }) => topic))];
    return createMember({
      memberId,
      clientId: memberId.slice(0, memberId.lastIndexOf('-')),
      host: `10.0.0.${21 + index}`,
      assigned: topics.map(topic => ({
        topic,
        partitions: own
          .filter(one => one.topic === topic)
          .map(({ partition }) => partition),
      })),
      lag: String(own.reduce((sum, { lag }) => sum + BigInt(lag ?? 0), 0n)),
      consumedPerSecond: own.reduce(
        (sum, { consumedPerSecond }) => sum + (consumedPerSecond ?? 0),
        0,
      ),
    });
  });
}

function skewOf(partitions: readonly GroupPartition[]): GroupDetail['skew'] {
  const lags = partitions.map(({ lag }) => Number(lag ?? 0));
  const total = lags.reduce((sum, lag) => sum + lag, 0);
  const worst = partitions[lags.indexOf(Math.max(...lags))];
  if (total === 0 || worst === undefined) return null;
  const share = Number(worst.lag) / total;
  return {
    topic: worst.topic,
    partition: worst.partition,
    share,
    timesFairShare: share * partitions.length,
  };
}
