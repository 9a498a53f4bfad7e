import type {
  ClusterSnapshot,
  GroupSnapshot,
  PartitionSnapshot,
} from '@homelab/kafka-clusters';
import { groupDetailSchema } from '@homelab/plugin-consumer-lag-common';
import type { GroupDetail } from '@homelab/plugin-consumer-lag-common';
import { describeGroupDetail } from './describeGroup';
import type { GroupSources } from './describeGroup';
import { LagMemory } from './LagMemory';
import { snapshotAt } from './test-snapshots';

/** The poll interval. */
export const pollMs = 15_000;
export const start = Date.parse('2026-01-12T06:00:00.000Z');
export const limits = { minSamples: 10, allowedLag: 0n };

/** One poll. */
export type Poll = (index: number) => {
  partitions: PartitionSnapshot[];
  group: GroupSnapshot;
};

/** Adds polls to a memory and describes the group after the last one. */
export function describeAfter(
  count: number,
  poll: Poll,
  options: {
    retentionMs?: number;
    memory?: LagMemory;
    before?: GroupSources['before'];
    entityRefs?: string[];
  } = {},
): GroupDetail {
  const memory = options.memory ?? new LagMemory(limits);
  let snapshot: ClusterSnapshot | undefined;
  for (let index = 0; index < count; index += 1) {
    const { partitions, group } = poll(index);
    snapshot = snapshotAt(start + index * pollMs, partitions, [group]);
    memory.observe(snapshot);
  }
  const group = snapshot?.groups.get('sink');
  if (!snapshot || !group) throw new Error('There was no poll.');
  const detail = describeGroupDetail(group, {
    cluster: 'home',
    snapshot,
    memory,
    limits,
    retentionMsOf: () => options.retentionMs ?? null,
    before: options.before,
    entityRefs: options.entityRefs ?? ['component:default/sink'],
    ownerRefs: ['group:default/household'],
  });
  return groupDetailSchema.parse(detail);
}

/** A committed offset. */
export const at = (offset: bigint | null, partition = 0) => ({
  topic: 'readings',
  partition,
  offset,
});
