import type { Admin, Consumer, EachBatchPayload } from '@homelab/kafkajs';
import { offsetAfter, toRecord } from './each-batch.ts';
import {
  KafkaError,
  kafkaClientCodes,
  toKafkaError,
} from '../connection/errors.ts';
import type { ReadOptions, TopicPartition } from '../types.ts';
import { within } from '../connection/waiting.ts';

/** A kafkajs consumer and admin for a single read, with their own connections. */
export interface ReaderLink {
  readonly consumer: Consumer;
  readonly admin: Pick<
    Admin,
    'connect' | 'disconnect' | 'fetchTopicOffsets' | 'deleteGroups'
  >;
  readonly groupId: string;
  destroy(): void;
}

const heartbeatIntervalMs = 3_000;
const leaveTimeoutMs = 2_000;

/** The rest of a partition still to read: from `next` up to, not including, `end`. */
interface Span {
  next: bigint;
  readonly end: bigint;
}

/**
 * Reads what Kafka topics hold at this moment, partition by partition in order, and ends.
 * kafkajs can only read as a member of a group, so each read has one of its own.
 */
export async function readToEnd(
  createLink: () => ReaderLink,
  options: ReadOptions,
): Promise<void> {
  const link = createLink();
  try {
    await link.admin.connect();
    const { spans, others } = await spansOf(link.admin, options);
    if (spans.size > 0) await readSpans(link, spans, others, options);
  } catch (error) {
    throw toKafkaError(error);
  } finally {
    await within(link.consumer.disconnect(), leaveTimeoutMs);
    await within(link.admin.deleteGroups([link.groupId]), leaveTimeoutMs);
    await within(link.admin.disconnect(), leaveTimeoutMs);
    link.destroy();
  }
}

const nameOf = (topic: string, partition: number) => `${topic}/${partition}`;

function placeOf(name: string): TopicPartition {
  const cut = name.lastIndexOf('/');
  return { topic: name.slice(0, cut), partition: Number(name.slice(cut + 1)) };
}

async function spansOf(
  admin: ReaderLink['admin'],
  { topics, from = [], to = [], onlyNamed = false }: ReadOptions,
): Promise<{ spans: Map<string, Span>; others: TopicPartition[] }> {
  const spans = new Map<string, Span>();
  const others: TopicPartition[] = [];
  const starts = offsetsOf(from);
  const ends = offsetsOf(to);
  for (const topic of topics) {
    for (const offsets of await admin.fetchTopicOffsets(topic)) {
      const name = nameOf(topic, offsets.partition);
      const start = starts.get(name);
      const next = later(BigInt(offsets.low), start ?? 0n);
      // The end is where open transactions begin, so a read never waits for one.
      const high = BigInt(offsets.high);
      const end = earlier(high, ends.get(name) ?? high);
      const isMeant = start !== undefined || !onlyNamed;
      if (isMeant && next < end) spans.set(name, { next, end });
      else others.push({ topic, partition: offsets.partition });
    }
  }
  return { spans, others };
}

function offsetsOf(
  places: NonNullable<ReadOptions['from']>,
): Map<string, bigint> {
  return new Map(
    places.map(({ topic, partition, offset }) => [
      nameOf(topic, partition),
      BigInt(offset),
    ]),
  );
}

const later = (a: bigint, b: bigint) => (a > b ? a : b);
const earlier = (a: bigint, b: bigint) => (a < b ? a : b);

async function readSpans(
  { consumer }: ReaderLink,
  spans: Map<string, Span>,
  others: readonly TopicPartition[],
  options: ReadOptions,
): Promise<void> {
  const { topics, onRecords, idleTimeoutMs = 30_000 } = options;
  const done = Promise.withResolvers<void>();
  // It may fail before anyone awaits it.
  done.promise.catch(() => {});
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  const waitOn = () => {
    clearTimeout(timer);
    timer = setTimeout(
      () => done.reject(idle(topics, idleTimeoutMs)),
      idleTimeoutMs,
    );
  };
  const { events } = consumer;
  consumer.on(events.CRASH, ({ payload }) => {
    if (!payload.restart) done.reject(payload.error);
  });
  // Also called for batches that contain only end markers of transactions.
  consumer.on(events.END_BATCH_PROCESS, ({ payload }) => {
    if (over) return;
    const span = spans.get(nameOf(payload.topic, payload.partition));
    const next = BigInt(payload.lastOffset) + 1n;
    if (span && next > span.next) span.next = next;
    waitOn();
    if ([...spans.values()].every(isRead)) end();
    else if (span && isRead(span)) leave([payload]);
  });
  // Before the first fetch of each membership, including one after kafkajs restarted: a
  // new broker's coordinator may not be ready at once.
  consumer.on(events.GROUP_JOIN, () => {
    for (const [name, span] of spans) {
      const place = placeOf(name);
      if (isRead(span)) leave([place]);
      else consumer.seek({ ...place, offset: String(span.next) });
    }
    leave(others);
  });

  async function handle(payload: EachBatchPayload): Promise<void> {
    const { topic, partition, messages } = payload.batch;
    const span = spans.get(nameOf(topic, partition));
    if (over || span === undefined) return;
    // After a rebalance a batch is redelivered; skip records already handed out. Copied
    // first: filter() of a list that we decoded does not visit each record.
    const records = [...messages]
      .filter(({ offset }) => isIn(span, BigInt(offset)))
      .map(message => ({ ...toRecord(message), topic, partition }));
    const last = records.at(-1);
    if (last === undefined) return;
    clearTimeout(timer);
    const answer = await onRecords(records);
    span.next = BigInt(offsetAfter(last.offset));
    if (answer === 'enough') end();
  }

  /** Stops fetching partitions that have nothing left for us. */
  function leave(partitions: readonly TopicPartition[]): void {
    try {
      consumer.pause(
        partitions.map(({ topic, partition }) => ({
          topic,
          partitions: [partition],
        })),
      );
    } catch {
      // kafkajs is restarting; they are paused again once it has joined.
    }
  }

  /** Records that kafkajs has already read are no longer handed out. */
  function end(error?: unknown): void {
    over = true;
    if (error === undefined) done.resolve();
    else done.reject(error);
  }

  try {
    waitOn();
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: true,
      async eachBatch(payload) {
        const beat = setInterval(
          () => void payload.heartbeat().catch(() => {}),
          heartbeatIntervalMs,
        );
        try {
          await handle(payload);
        } catch (error) {
          end(error);
        } finally {
          clearInterval(beat);
        }
      },
    });
    await done.promise;
  } finally {
    clearTimeout(timer);
  }
}

function isIn({ next, end }: Span, offset: bigint): boolean {
  return offset >= next && offset < end;
}

const isRead = ({ next, end }: Span) => next >= end;

function idle(topics: readonly string[], timeoutMs: number): KafkaError {
  return new KafkaError(
    `Nothing came from ${topics.join(', ')} for ${timeoutMs / 1000} s before the end was reached; check that Kafka is healthy and try again.`,
    { code: kafkaClientCodes.requestTimeout, retryable: true },
  );
}
