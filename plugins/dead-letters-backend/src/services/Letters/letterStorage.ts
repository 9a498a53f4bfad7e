import type { LetterStorage } from '@homelab/plugin-dead-letters-common';
import type {
  PartitionSizes,
  TopicSettings,
  TopicSnapshot,
} from '@homelab/kafka-clusters';

/**
 * Judges whether the bound in bytes is what deletes letters of a topic: a partition has lost
 * its oldest letters and is as large as it may be. Kafka deletes whole segments, so a partition
 * at its bound may be smaller by one. Null when a size or setting is not known.
 */
export function letterStorage(
  { partitions }: Pick<TopicSnapshot, 'partitions'>,
  settings: Omit<TopicSettings, 'topic' | 'cleanupPolicy'> | undefined,
  sizes: ReturnType<PartitionSizes['get']>,
): LetterStorage | null {
  if (settings === undefined || settings.problem !== undefined) return null;
  const { retentionBytes, retentionMs, segmentBytes } = settings;
  let sizeBytes = 0;
  let isFull = false;
  for (const { partition, low } of partitions) {
    const size = sizes?.get(partition);
    if (size === undefined || low === null) return null;
    sizeBytes += size;
    if (retentionBytes !== null && low > 0n)
      isFull ||= size >= retentionBytes - (segmentBytes ?? 0);
  }
  return { sizeBytes, retentionBytes, retentionMs, isFull };
}
