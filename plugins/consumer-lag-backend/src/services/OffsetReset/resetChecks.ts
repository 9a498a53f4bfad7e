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

/** Asks for the offsets of a time, where the target is one. */
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

/** @throws InputError unless somebody has typed the name of the group */
export function requireConfirmation(
  confirmation: string,
  groupId: string,
): void {
  if (confirmation === groupId) return;
  throw new InputError(
    `The confirmation must be the name of the group, ${groupId}.`,
  );
}

/** @throws ConflictError when the group is not where its preview saw it */
export function requireUnmoved(
  { partitions }: StoredReset,
  group: GroupSnapshot,
): void {
  const currentOf = currentIn(group);
  const moved = partitions.filter(one => currentOf(one) !== one.from);
  if (moved.length === 0) return;
  throw new ConflictError(
    `The group has moved in ${moved.length} partitions since the preview, for instance in partition ${moved[0].partition} of ${moved[0].topic}; make another preview.`,
  );
}

/** @throws ConflictError when an offset to be set is not kept any more */
export function requireTopics(
  { partitions }: StoredReset,
  { topics }: ClusterSnapshot,
): void {
  for (const { topic, partition, to } of partitions) {
    const found = partitionIn(topics.get(topic), partition);
    // A topic of which the group has committed nothing is not asked about.
    if (found === undefined || found.low === null || found.high === null)
      continue;
    if (within(BigInt(to), found.low, found.high) === BigInt(to)) continue;
    throw new ConflictError(
      `Partition ${partition} of ${topic} does not hold offset ${to} any more; make another preview.`,
    );
  }
}

/** What to think of before applying. */
export function warningsOf(
  { protocolType, groupId }: GroupSnapshot,
  changed: readonly { from: string | null }[],
): string[] {
  const warnings: string[] = [];
  if (protocolType === '')
    warnings.push(
      `${groupId} never has members, so Kafka cannot tell whether its process runs: make sure that it is stopped.`,
    );
  const fresh = changed.filter(({ from }) => from === null).length;
  if (fresh > 0)
    warnings.push(
      `In ${fresh} partition${fresh === 1 ? '' : 's'} the group has no offset yet; an undo cannot take away the one that it gets.`,
    );
  return warnings;
}
