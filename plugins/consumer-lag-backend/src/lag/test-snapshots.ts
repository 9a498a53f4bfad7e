import type {
  ClusterSnapshot,
  CommittedOffset,
  GroupMember,
  GroupSnapshot,
  PartitionSnapshot,
  TopicSnapshot,
} from '@homelab/kafka-clusters';

/** A partition for tests: everything from 0 to `high` exists and is committed. */
export function partitionAt(
  high: bigint,
  overrides: Partial<PartitionSnapshot> = {},
): PartitionSnapshot {
  return {
    partition: 0,
    leader: 1,
    low: 0n,
    high,
    stable: high,
    readAtMs: 0,
    ...overrides,
  };
}

export function memberOf(
  memberId: string,
  ...partitions: number[]
): GroupMember {
  return {
    memberId,
    instanceId: null,
    clientId: memberId,
    host: '/127.0.0.1',
    assigned: [{ topic: 'readings', partitions }],
  };
}

export function groupOf(
  committed: readonly CommittedOffset[],
  overrides: Partial<GroupSnapshot> = {},
): GroupSnapshot {
  return {
    groupId: 'sink',
    protocolType: 'consumer',
    state: 'Stable',
    assignor: 'range',
    members: [memberOf('m1', 0)],
    committed,
    readAtMs: 0,
    ...overrides,
  };
}

/** A poll for tests: the Kafka topic `readings` and one group. */
export function snapshotAt(
  atMs: number,
  partitions: readonly PartitionSnapshot[],
  groups: readonly GroupSnapshot[],
  topic: Partial<TopicSnapshot> = {},
): ClusterSnapshot {
  return {
    takenAtMs: atMs,
    brokers: [{ nodeId: 1, host: '127.0.0.1', port: 9092 }],
    topics: new Map([
      [
        'readings',
        {
          name: 'readings',
          id: 'id-1',
          isInternal: false,
          partitions: partitions.map(one => ({ ...one, readAtMs: atMs })),
          ...topic,
        },
      ],
    ]),
    groups: new Map(
      groups.map(group => [group.groupId, { ...group, readAtMs: atMs }]),
    ),
    problems: [],
    requestCount: 8,
  };
}
