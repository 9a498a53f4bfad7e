import type { RecordReader } from '@homelab/dead-letters';
import type { PartitionOffsets, ReadRecord } from '@homelab/kafka';
import { KafkaClusterError } from '@homelab/kafka-clusters';
import type {
  KafkaCluster,
  PeekedRecord,
  TopicSnapshot,
} from '@homelab/kafka-clusters';

type ReadOptions = Parameters<RecordReader['read']>[0];
type Place = NonNullable<ReadOptions['from']>[number];

/** Reads Kafka topics without a consumer group, so without waiting for one to form. */
export interface ClusterReader extends RecordReader {
  /** @throws KafkaClusterError when the topic or one of its partitions cannot be read */
  topicOffsets(topic: string): Promise<PartitionOffsets[]>;
}

const maxRecordsAtOnce = 500;

/** A range of a partition: from `next` to before `end`. */
interface Span {
  readonly topic: string;
  readonly partition: number;
  next: bigint;
  readonly end: bigint;
}

/** Creates a reader over a shared connection. */
export function createClusterReader(cluster: KafkaCluster): ClusterReader {
  async function topicOffsets(topic: string): Promise<PartitionOffsets[]> {
    const { topics } = await cluster.snapshot({
      includeGroup: () => false,
      includeTopic: name => name === topic,
    });
    return offsetsOf(topic, topics.get(topic));
  }

  async function spansOf(options: ReadOptions): Promise<Span[]> {
    const { topics, from = [], to = [], onlyNamed = false } = options;
    const spans: Span[] = [];
    for (const topic of topics) {
      const offsets =
        namedOffsets(topic, { from, to, onlyNamed }) ??
        (await topicOffsets(topic));
      for (const { partition, low, high } of offsets) {
        const start = placeOf(from, topic, partition);
        if (onlyNamed && start === undefined) continue;
        const next = later(BigInt(low), BigInt(start?.offset ?? '0'));
        const limit = placeOf(to, topic, partition)?.offset;
        const end = earlier(BigInt(high), BigInt(limit ?? high));
        if (next < end) spans.push({ topic, partition, next, end });
      }
    }
    return spans;
  }

  /** The next records of a range; empty at its end. */
  async function nextRecords(span: Span): Promise<ReadRecord[]> {
    const records = await cluster.readRecords({
      topic: span.topic,
      partition: span.partition,
      fromOffset: span.next,
      maxRecords: maxRecordsAtOnce,
    });
    return records
      .filter(({ offset }) => offset < span.end)
      .map(record => toReadRecord(span, record));
  }

  return {
    topicOffsets,
    async read(options) {
      for (const span of await spansOf(options)) {
        while (span.next < span.end) {
          const records = await nextRecords(span);
          const last = records[records.length - 1];
          if (last === undefined) break;
          span.next = BigInt(last.offset) + 1n;
          if ((await options.onRecords(records)) === 'enough') return;
        }
      }
    },
  };
}

/** When both ends of every range are given, Kafka need not be asked for them. */
function namedOffsets(
  topic: string,
  {
    from,
    to,
    onlyNamed,
  }: Required<Pick<ReadOptions, 'from' | 'to' | 'onlyNamed'>>,
): PartitionOffsets[] | undefined {
  if (!onlyNamed) return undefined;
  const offsets: PartitionOffsets[] = [];
  for (const start of from) {
    if (start.topic !== topic) continue;
    const end = placeOf(to, topic, start.partition);
    if (end === undefined) return undefined;
    const { partition, offset: low } = start;
    offsets.push({ partition, low, high: end.offset });
  }
  return offsets;
}

function placeOf(
  places: readonly Place[],
  topic: string,
  partition: number,
): Place | undefined {
  return places.find(one => one.topic === topic && one.partition === partition);
}

/**
 * The offsets of committed records: from `low` to before `high`.
 * @throws KafkaClusterError when the topic or one of its partitions cannot be read
 */
export function offsetsOf(
  name: string,
  topic: TopicSnapshot | undefined,
): PartitionOffsets[] {
  if (topic === undefined)
    throw new KafkaClusterError({
      code: 'UNKNOWN_TOPIC_OR_PARTITION',
      message: `The Kafka topic ${name} does not exist.`,
    });
  const problem =
    topic.problem ??
    topic.partitions.find(one => one.problem !== undefined)?.problem;
  if (problem) throw new KafkaClusterError(problem);
  return topic.partitions
    .map(({ partition, low, stable, high }) => ({
      partition,
      low: String(low ?? 0n),
      high: String(stable ?? high ?? 0n),
    }))
    .sort((a, b) => a.partition - b.partition);
}

function toReadRecord(
  { topic, partition }: Span,
  { offset, timestampMs, key, value, headers }: PeekedRecord,
): ReadRecord {
  return {
    topic,
    partition,
    offset: String(offset),
    timestampMs,
    key,
    value,
    // The last value of a repeated header wins, as elsewhere.
    headers: Object.fromEntries(headers.map(one => [one.key, one.value])),
  };
}

const later = (a: bigint, b: bigint) => (a > b ? a : b);
const earlier = (a: bigint, b: bigint) => (a < b ? a : b);
