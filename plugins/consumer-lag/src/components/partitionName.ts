import { rankOfStatus } from '@homelab/plugin-consumer-lag-common';
import type { GroupPartition } from '@homelab/plugin-consumer-lag-common';

/** A partition as Kafka's tools write it: `homelab.energy-3`. */
export function partitionName(of: {
  topic: string;
  partition: number;
}): string {
  return `${of.topic}-${of.partition}`;
}

/** Partitions, worst first: by status, then by lag. */
export function worstFirst(
  partitions: readonly GroupPartition[],
): GroupPartition[] {
  return [...partitions].sort(
    (a, b) =>
      rankOfStatus(a.status) - rankOfStatus(b.status) ||
      compareLag(b, a) ||
      a.topic.localeCompare(b.topic) ||
      a.partition - b.partition,
  );
}

/** The partition with the oldest unread record if known, or else with the most unread records. */
export function worstPartition(
  partitions: readonly GroupPartition[],
): GroupPartition | undefined {
  return [...partitions].sort(
    (a, b) => (b.timeLag.ms ?? -1) - (a.timeLag.ms ?? -1) || compareLag(b, a),
  )[0];
}

/** Unknown counts as less than zero. */
export function compareLag(
  a: Pick<GroupPartition, 'lag'>,
  b: Pick<GroupPartition, 'lag'>,
): number {
  const first = BigInt(a.lag ?? -1);
  const second = BigInt(b.lag ?? -1);
  if (first === second) return 0;
  return first < second ? -1 : 1;
}
