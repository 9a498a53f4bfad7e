import {
  Consumer,
  IS_CONTROL,
  ListOffsetTimestamps,
} from '@platformatic/kafka';
import type { RecordsBatch } from '@platformatic/kafka';
import { fromPlatformatic } from '../connection/platformatic-errors.ts';
import { platformaticSecurity } from '../connection/security.ts';
import type { ConsumedRecord, KafkaSecurity } from '../types.ts';

/** A partition as the cluster describes it. */
export interface TailPlace {
  readonly topic: string;
  /** The id that Kafka gave the topic; another one after it was created anew. */
  readonly topicId: string;
  readonly partition: number;
  /** The broker that serves it; -1 while there is none. */
  readonly node: number;
}

/** Where a partition is read next. */
export interface TailAim extends TailPlace {
  readonly next: bigint;
}

/** What a broker gave of a partition. */
export interface TailFetched extends TailPlace {
  readonly records: readonly ConsumedRecord[];
  /** Where reading goes on; it may advance without a record. */
  readonly next: bigint;
}

type At = 'earliest' | 'latest' | { readonly timeMs: number };

/** The requests that a tail makes. Every method rejects with a `KafkaError`. */
export interface TailLink {
  places(topics: readonly string[]): Promise<readonly TailPlace[]>;
  /** Offsets by partition, of those asked for; -1 where no record is so new. */
  offsets(
    topic: string,
    partitions: readonly number[],
    at: At,
  ): Promise<readonly bigint[]>;
  /** Waits at the broker until there is something to read, at most `maxWaitMs`. */
  fetch(
    node: number,
    aims: readonly TailAim[],
  ): Promise<readonly TailFetched[]>;
  isConnected(): boolean;
  close(): Promise<void>;
}

const maxBytes = 8 * 1_024 * 1_024;
const readCommitted = 1;

/** Creates a link over @platformatic/kafka, with connections of its own. */
export function createTailLink(deps: {
  brokers: readonly string[];
  clientId: string;
  security: KafkaSecurity;
  connectionTimeoutMs: number;
  requestTimeoutMs: number;
  maxWaitMs: number;
}): TailLink {
  const { brokers, clientId, maxWaitMs, requestTimeoutMs } = deps;
  const consumer = new Consumer({
    bootstrapBrokers: [...brokers],
    clientId,
    // The library wants a name; the group is never joined, so no broker hears of it.
    groupId: clientId,
    ...platformaticSecurity(deps.security, brokers),
    connectTimeout: deps.connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    timeout: requestTimeoutMs,
    isolationLevel: readCommitted,
    // The tail itself decides when to try again.
    retries: 0,
    autocreateTopics: false,
  });

  return {
    async places(topics) {
      consumer.topics.trackAll(...topics);
      const { topics: known } = await asKafkaError(
        consumer.metadata({ topics: [...topics], forceUpdate: true }),
      );
      return topics.flatMap(topic => {
        const { id, partitions } = known.get(topic) ?? {
          id: '',
          partitions: [],
        };
        return partitions.map(({ leader }, partition) => ({
          topic,
          topicId: id,
          partition,
          node: leader,
        }));
      });
    },
    async offsets(topic, partitions, at) {
      const offsets = await asKafkaError(
        consumer.listOffsets({
          topics: [topic],
          partitions: { [topic]: [...partitions] },
          timestamp: timestampOf(at),
          isolationLevel: readCommitted,
        }),
      );
      return offsets.get(topic) ?? [];
    },
    async fetch(node, aims) {
      const { responses } = await asKafkaError(
        consumer.fetch({
          node,
          topics: requestOf(aims),
          maxWaitTime: maxWaitMs,
          minBytes: 1,
          maxBytes,
        }),
      );
      return responses.flatMap(({ topicId, partitions }) =>
        partitions.flatMap(({ partitionIndex, records }) => {
          const aim = aims.find(
            one => one.topicId === topicId && one.partition === partitionIndex,
          );
          return aim && records ? fetchedOf(aim, records) : [];
        }),
      );
    },
    isConnected: () => consumer.isConnected(),
    close: () => asKafkaError(consumer.close(true)),
  };
}

async function asKafkaError<T>(outcome: Promise<T>): Promise<T> {
  try {
    return await outcome;
  } catch (error) {
    throw fromPlatformatic(error);
  }
}

function timestampOf(at: At): bigint {
  if (at === 'earliest') return ListOffsetTimestamps.EARLIEST;
  if (at === 'latest') return ListOffsetTimestamps.LATEST;
  return BigInt(at.timeMs);
}

function requestOf(aims: readonly TailAim[]) {
  return [...new Set(aims.map(({ topicId }) => topicId))].map(topicId => ({
    topicId,
    partitions: aims
      .filter(aim => aim.topicId === topicId)
      .map(({ partition, next }) => ({
        partition,
        fetchOffset: next,
        currentLeaderEpoch: -1,
        lastFetchedEpoch: -1,
        partitionMaxBytes: 1_048_576,
      })),
  }));
}

function fetchedOf(aim: TailAim, batches: readonly RecordsBatch[]) {
  const last = batches.at(-1);
  if (last === undefined) return [];
  const records: ConsumedRecord[] = [];
  for (const batch of batches) {
    if (batch.attributes & IS_CONTROL) continue;
    for (const record of batch.records) {
      const offset = batch.firstOffset + BigInt(record.offsetDelta);
      // A broker gives whole batches, of which the first records may be known.
      if (offset < aim.next) continue;
      records.push({
        offset: String(offset),
        timestampMs: Number(batch.firstTimestamp + record.timestampDelta),
        key: record.key,
        value: record.value,
        headers: headersOf(record.headers),
      });
    }
  }
  const next = last.firstOffset + BigInt(last.lastOffsetDelta) + 1n;
  return [{ ...aim, records, next }];
}

function headersOf(
  pairs: readonly (readonly [Buffer | null, Buffer | null])[],
): Record<string, Buffer> {
  const headers: Record<string, Buffer> = {};
  for (const [name, value] of pairs)
    if (name !== null && value !== null) headers[name.toString()] = value;
  return headers;
}
