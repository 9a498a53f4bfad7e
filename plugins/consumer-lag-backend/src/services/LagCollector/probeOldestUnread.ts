import type { LagMemory, ReadMemory } from '../../lag/LagMemory';
import type { ClusterSnapshot, KafkaCluster } from '@homelab/kafka-clusters';

/** Most reads in one poll: the brokers' work stays bounded however many partitions lag. */
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
 * Reads the oldest unread record where offsets alone mislead: where nothing moves, for what
 * waits may be no record at all but a gap, and once retention has deleted it nobody can tell;
 * and where it is older than what is remembered, for then only the record itself knows its age.
 * Once for each committed offset.
 */
export async function probeOldestUnread(deps: {
  kafka: Pick<KafkaCluster, 'readRecords'>;
  snapshot: ClusterSnapshot;
  memory: LagMemory;
}): Promise<void> {
  const { kafka, snapshot, memory } = deps;
  const candidates = candidatesOf(snapshot, memory)
    // A group that moves needs a new one at each poll: first those that never had any.
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
        // Nothing is known then but the offsets; the next poll tries again.
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

/** A record that was found stays the oldest unread one; a gap may have got a record behind it. */
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
