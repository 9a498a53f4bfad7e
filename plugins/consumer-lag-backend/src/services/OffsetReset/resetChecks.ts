import { ConflictError, InputError } from '@backstage/errors';
import type { ResetPreviewRequest } from '@homelab/plugin-consumer-lag-common';
import type {
  ClusterSnapshot,
  GroupSnapshot,
  KafkaCluster,
} from '@homelab/kafka-clusters';
import type { StoredReset } from './createResetStore';
import { currentIn } from './groupState';
import { partitionIn, within } from './planReset';
import type { ChosenTopics, OffsetAtTime } from './planReset';

/** Reads the offsets of the target's time, if it has one. */
export async function timesOf(
  cluster: KafkaCluster,
  { target }: ResetPreviewRequest,
  chosen: ChosenTopics,
  { topics }: ClusterSnapshot,
): Promise<OffsetAtTime> {
  const found = new Map<string, ReturnType<OffsetAtTime>>();
  if (target.kind === 'timestamp') {
    const timeMs = Date.parse(target.at);
    for (const { topic } of chosen) {
      const partitions = topics.get(topic)?.partitions ?? [];
      const answers = await cluster.offsetsAtTime(
        topic,
        partitions.map(({ partition }) => ({ partition, timeMs })),
      );
      for (const answer of answers)
        found.set(`${topic}/${answer.partition}`, answer);
    }
  }
  return (topic, partition) =>
    found.get(`${topic}/${partition}`) ?? { offset: null };
}

/** @throws InputError unless the confirmation is the name of the group */
export function requireConfirmation(
  confirmation: string,
  groupId: string,
): void {
  if (confirmation === groupId) return;
  throw new InputError(
    `The confirmation must be the name of the group, ${groupId}.`,
  );
}

/** @throws ConflictError when the group has moved since its preview */
export function requireUnmoved(
  { partitions }: StoredReset,
  group: GroupSnapshot,
): void {
  const currentOf = currentIn(group);
  const moved = partitions.filter(one => currentOf(one) !== one.from);
  if (moved.length === 0) return;
  throw new ConflictError(
    `The group has moved in ${moved.length} partitions since the preview, such as partition ${moved[0].partition} of ${moved[0].topic}; make another preview.`,
  );
}

/** @throws ConflictError when a new offset no longer exists */
export function requireTopics(
  { partitions }: StoredReset,
  { topics }: ClusterSnapshot,
): void {
  for (const { topic, partition, to } of partitions) {
    const found = partitionIn(topics.get(topic), partition);
    // Topics without commits of the group were not read.
    if (found === undefined || found.low === null || found.high === null)
      continue;
    if (within(BigInt(to), found.low, found.high) === BigInt(to)) continue;
    throw new ConflictError(
      `Partition ${partition} of ${topic} no longer has offset ${to}; make another preview.`,
    );
  }
}

/** Warnings for the preview. */
export function warningsOf(
  { protocolType, groupId }: GroupSnapshot,
  changed: readonly { from: string | null }[],
): string[] {
  const warnings: string[] = [];
  if (protocolType === '')
    warnings.push(
      `${groupId} never has members, so Kafka does not know whether its process is running: make sure that it is stopped.`,
    );
  const fresh = changed.filter(({ from }) => from === null).length;
  if (fresh > 0)
    warnings.push(
      `The group has no offset yet in ${fresh} partition${fresh === 1 ? '' : 's'}; an undo cannot remove the new one.`,
    );
  return warnings;
}
