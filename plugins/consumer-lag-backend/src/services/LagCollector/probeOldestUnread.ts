import type { LagMemory, ReadMemory } from '../../lag/LagMemory';
import type { ClusterSnapshot, KafkaCluster } from '@homelab/kafka-clusters';

/** The most reads per poll, to bound the load on brokers however many partitions lag. */
const maxProbes = 20;

/** Enough for one record: brokers send at least a whole batch, however large. */
export const oneBatchBytes = 64 * 1024;

interface Candidate {
  readonly topic: string;
  readonly partition: number;
  readonly committed: bigint;
  readonly stable: bigint;
  readonly read: ReadMemory;
}

/**
 * Reads the oldest unread record when offsets alone mislead: when nothing moves, because the lag
 * may be a gap without records, which is unknowable once retention has deleted it; and when the
 * record is older than the memory, because then only its timestamp has its age. Once for each
 * committed offset.
 */
export async function probeOldestUnread(deps: {
  kafka: Pick<KafkaCluster, 'readRecords'>;
  snapshot: ClusterSnapshot;
  memory: LagMemory;
}): Promise<void> {
  const { kafka, snapshot, memory } = deps;
  const candidates = candidatesOf(snapshot, memory)
    // A moving group needs a probe at each poll; groups without any go first.
    .toSorted((a, b) => Number(!!a.read.probe) - Number(!!b.read.probe))
    .slice(0, maxProbes);
  await Promise.all(
    candidates.map(async ({ topic, partition, committed, stable, read }) => {
      try {
        const [record] = await kafka.readRecords({
          topic,
          partition,
          fromOffset: committed,
          maxRecords: 1,
          maxBytes: oneBatchBytes,
        });
        read.probe = {
          from: committed,
          through: stable,
          record: record
            ? { offset: record.offset, timestampMs: record.timestampMs }
            : null,
        };
      } catch {
        // Only the offsets are known then; the next poll retries.
      }
    }),
  );
}

function candidatesOf(
  snapshot: ClusterSnapshot,
  memory: LagMemory,
): Candidate[] {
  return [...snapshot.groups.values()].flatMap(group =>
    group.committed.flatMap(({ topic, partition, offset: committed }) => {
      const seen = snapshot.topics.get(topic)?.partitions[partition];
      const stable = seen?.stable ?? null;
      if (!seen || committed === null || stable === null || seen.low === null)
        return [];
      if (committed >= stable || committed < seen.low) return [];
      const read = memory.read(group.groupId, topic, partition);
      if (isKnown(read, committed, stable)) return [];
      const { ring } = memory.partition(topic, partition);
      const { kind } = ring.timeLag(committed, snapshot.takenAtMs);
      const isOld = kind === 'at-least' || kind === 'unknown';
      return isOld || isStill(read)
        ? [{ topic, partition, committed, stable, read }]
        : [];
    }),
  );
}

/** A found record stays the oldest unread one; a gap may have been followed by a record since. */
function isKnown(
  { probe }: ReadMemory,
  committed: bigint,
  stable: bigint,
): boolean {
  if (probe?.from !== committed) return false;
  return probe.record !== null || probe.through === stable;
}

function isStill({ window }: ReadMemory): boolean {
  const [first, ...others] = window.samples;
  return (
    others.length > 0 &&
    others.every(({ committed }) => committed === first.committed)
  );
}
