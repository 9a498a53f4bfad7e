import type {
  ClusterSnapshot,
  PartitionSnapshot,
} from '@homelab/kafka-clusters';
import { EndRing } from './EndRing';
import { inOpenTransaction } from './flow';
import { PartitionWindow } from './PartitionWindow';
import { Spark } from './Spark';

/** The memory of a partition, shared by its readers. */
export interface PartitionMemory {
  /** When records arrived. */
  readonly ring: EndRing;
  /** End offsets of the last minutes. */
  readonly window: PartitionWindow;
  /** Since when an open transaction has held readers at the same offset. */
  openSinceMs: number | undefined;
  /** That offset; null while no transaction is open. */
  openAt: bigint | null;
}

/** The result of reading one record at the committed offset. */
export interface Probe {
  /** The committed offset where the read started. */
  readonly from: bigint;
  /** The first record at or after it; null when only gaps and markers follow. */
  readonly record: {
    readonly offset: bigint;
    readonly timestampMs: number;
  } | null;
  /** How far the read went. */
  readonly through: bigint;
}

/** The memory of a partition and one group that reads it. */
export interface ReadMemory {
  readonly window: PartitionWindow;
  probe: Probe | undefined;
}

/** One stored poll of a group and a Kafka topic, by partition. */
export interface ReadPoll {
  readonly groupId: string;
  readonly topic: string;
  readonly atMs: number;
  readonly committed: readonly (bigint | null)[];
  readonly ends: readonly (bigint | null)[];
  /** The lag of the group on this topic. */
  readonly lag: bigint | null;
}

/** One stored poll of a Kafka topic, by partition. */
export interface TopicPoll {
  readonly topic: string;
  readonly atMs: number;
  readonly ends: readonly (bigint | null)[];
}

/** Points of all rings of a cluster. */
const maxPoints = 1_000_000;
/** Points of one ring. */
const mostPoints = 1_000;
const fewestPoints = 60;

/**
 * The recent past of a cluster. Filled by live polls, and by stored ones after a restart or after
 * polls of another replica of the backend.
 */
export class LagMemory {
  private readonly topics = new Map<string, PartitionMemory[]>();
  private readonly topicIds = new Map<string, string>();
  private readonly groups = new Map<string, Map<string, ReadMemory>>();
  private readonly sparks = new Map<string, Spark>();
  private newestMs = 0;
  private pointsOfRing: number | undefined;

  constructor(
    private readonly options: {
      /** Samples that a judgement needs. */
      readonly minSamples: number;
    },
  ) {}

  /** The time of the newest poll. */
  get knowsUntilMs(): number {
    return this.newestMs;
  }

  /** Forgets everything. */
  clear(): void {
    for (const known of [this.topics, this.topicIds, this.groups, this.sparks])
      known.clear();
    this.newestMs = 0;
  }

  /** Adds stored polls, oldest first. */
  replay(topics: readonly TopicPoll[], reads: readonly ReadPoll[]): void {
    for (const { topic, atMs, ends } of topics) {
      ends.forEach((end, partition) =>
        this.observeEnd({ topic, partition, end, atMs }),
      );
      this.newestMs = Math.max(this.newestMs, atMs);
    }
    const lagByGroup = new Map<string, bigint | null>();
    for (const { groupId, topic, atMs, committed, ends, lag } of reads) {
      committed.forEach((offset, partition) => {
        const read = this.read(groupId, topic, partition);
        const end = ends[partition] ?? null;
        read.window.observe({ atMs, committed: offset, end });
        // A probe had found only gaps and markers.
        if (lag === 0n && offset !== null && end !== null && offset < end)
          read.probe = { from: offset, record: null, through: end };
      });
      const key = `${atMs}/${groupId}`;
      const sum = lagByGroup.get(key) ?? null;
      const total = lag === null ? sum : (sum ?? 0n) + lag;
      lagByGroup.set(key, total);
      this.spark(groupId).observe(total, atMs);
      this.newestMs = Math.max(this.newestMs, atMs);
    }
  }

  /** Adds a poll. */
  observe(snapshot: ClusterSnapshot): void {
    const { takenAtMs: atMs } = snapshot;
    this.pointsOfRing = pointsFor(snapshot);
    for (const [topic, { id, partitions }] of snapshot.topics) {
      this.noteIdentity(topic, id);
      for (const one of partitions) this.observePartition(topic, one);
    }
    this.forgetGone(snapshot);
    for (const group of snapshot.groups.values()) {
      for (const { topic, partition, offset } of group.committed) {
        const seen = snapshot.topics.get(topic)?.partitions[partition];
        this.read(group.groupId, topic, partition).window.observe({
          atMs,
          committed: offset,
          end: seen?.stable ?? seen?.high ?? null,
        });
      }
    }
    this.newestMs = Math.max(this.newestMs, atMs);
  }

  partition(topic: string, partition: number): PartitionMemory {
    let partitions = this.topics.get(topic);
    if (!partitions) this.topics.set(topic, (partitions = []));
    return (partitions[partition] ??= {
      ring: new EndRing(),
      window: this.newWindow(),
      openSinceMs: undefined,
      openAt: null,
    });
  }

  read(groupId: string, topic: string, partition: number): ReadMemory {
    let reads = this.groups.get(groupId);
    if (!reads) this.groups.set(groupId, (reads = new Map()));
    const key = `${topic}/${partition}`;
    let read = reads.get(key);
    if (!read)
      reads.set(key, (read = { window: this.newWindow(), probe: undefined }));
    return read;
  }

  spark(groupId: string): Spark {
    let spark = this.sparks.get(groupId);
    if (!spark) this.sparks.set(groupId, (spark = new Spark()));
    return spark;
  }

  private newWindow(): PartitionWindow {
    return new PartitionWindow({
      minSamples: this.options.minSamples,
      spanMs: 5 * 60_000,
    });
  }

  private observePartition(topic: string, seen: PartitionSnapshot): void {
    const { partition, high, readAtMs } = seen;
    this.observeEnd({ topic, partition, end: high, atMs: readAtMs });
    const memory = this.partition(topic, partition);
    const openAt = inOpenTransaction(seen) === null ? null : seen.stable;
    if (openAt !== null && memory.openAt === openAt) return;
    memory.openAt = openAt;
    memory.openSinceMs = openAt === null ? undefined : readAtMs;
  }

  private observeEnd(seen: {
    topic: string;
    partition: number;
    end: bigint | null;
    atMs: number;
  }): void {
    const { topic, partition, end, atMs } = seen;
    const memory = this.partition(topic, partition);
    if (end !== null) memory.ring.observe(end, atMs, this.pointsOfRing);
    memory.window.observe({ atMs, committed: null, end });
  }

  /** A recreated Kafka topic has another id and starts over. */
  private noteIdentity(topic: string, id: string | null): void {
    if (id === null) return;
    const known = this.topicIds.get(topic);
    this.topicIds.set(topic, id);
    if (known === undefined || known === id) return;
    this.topics.delete(topic);
    for (const reads of this.groups.values())
      for (const key of reads.keys())
        if (key.startsWith(`${topic}/`)) reads.delete(key);
  }

  private forgetGone(snapshot: ClusterSnapshot): void {
    if (snapshot.problems.length > 0) return;
    for (const topic of this.topics.keys())
      if (!snapshot.topics.has(topic)) this.topics.delete(topic);
    for (const groupId of this.groups.keys()) {
      if (snapshot.groups.has(groupId)) continue;
      this.groups.delete(groupId);
      this.sparks.delete(groupId);
    }
  }
}

/** The most points of each ring, so that all together take at most about 60 MB. */
function pointsFor({ topics }: ClusterSnapshot): number {
  let partitions = 1;
  for (const topic of topics.values()) partitions += topic.partitions.length;
  const share = Math.floor(maxPoints / partitions);
  return Math.min(Math.max(share, fewestPoints), mostPoints);
}
