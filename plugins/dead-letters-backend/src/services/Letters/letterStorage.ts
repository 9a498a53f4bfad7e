import type { LetterStorage } from '@homelab/plugin-dead-letters-common';
import type {
  PartitionSizes,
  TopicSettings,
  TopicSnapshot,
} from '@homelab/kafka-clusters';

/**
 * Describes the size of a topic, and whether its limit in bytes deletes letters: a partition has
 * lost its oldest letters and has reached its limit. Kafka deletes a segment only while at least
 * `retention.bytes` remain, so a partition whose letters were deleted by size never falls below
 * the limit. One that was purged or aged before counts as full at most one segment before the
 * next letters are deleted. Null when a size or setting is unknown.
 */
export function letterStorage(
  { partitions }: Pick<TopicSnapshot, 'partitions'>,
  settings: Omit<TopicSettings, 'topic' | 'cleanupPolicy'> | undefined,
  sizes: ReturnType<PartitionSizes['get']>,
): LetterStorage | null {
  if (settings === undefined || settings.problem !== undefined) return null;
  const { retentionBytes, retentionMs } = settings;
  let sizeBytes = 0;
  let isFull = false;
  for (const { partition, low } of partitions) {
    const size = sizes?.get(partition);
    if (size === undefined || low === null) return null;
    sizeBytes += size;
    if (retentionBytes !== null && low > 0n) isFull ||= size >= retentionBytes;
  }
  return { sizeBytes, retentionBytes, retentionMs, isFull };
}
