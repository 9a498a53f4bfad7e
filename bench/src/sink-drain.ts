import { setTimeout as delay } from 'node:timers/promises';
import type { KafkaAdmin } from '@homelab/kafka';
import { hypertables, kafkaTopics, sinkGroups } from '@homelab/telemetry';
import pg from 'pg';
import type { BenchContext } from './bench-context.ts';
import { benchKafka } from './kafka-ends.ts';
import type { MeasuredProcess } from './service-under-load.ts';
import { sendRecords } from './sink-load.ts';
import type { SinkLoad } from './sink-load.ts';
import { ourSink } from './sink-program.ts';

/** What a sink drains in a measurement, and into what. */
export const drained = {
  records: 1_000_000,
  topic: kafkaTopics.energy,
  table: hypertables.energy,
  group: sinkGroups.energy,
} as const;

const { records, topic, table, group } = drained;
const dayMs = 86_400_000;
const pollMs = 20;
const patienceMs = 120_000;

/** Fills the topic with readings since the beginning of yesterday. */
export async function fillTopic({
  stack,
  report,
}: BenchContext): Promise<SinkLoad> {
  const load = {
    count: records,
    firstMs: Math.floor(Date.now() / dayMs - 1) * dayMs,
  };
  report(`  filling ${topic} with ${records} records`);
  const producer = benchKafka(stack.ports.kafka).producer();
  await producer.start();
  try {
    await sendRecords(producer, load);
  } finally {
    await producer.stop();
  }
  return load;
}

/** Starts a sink of that stream alone. */
export function startSink({ stack }: BenchContext): Promise<MeasuredProcess> {
  return ourSink(stack, { SINK_STREAMS: 'energy' }).start();
}

/** Waits until the group has committed this many records; gives the actual number and the time. */
export async function untilCommitted(
  admin: KafkaAdmin,
  { signal }: BenchContext,
  wanted: number,
): Promise<{ committed: number; atMs: number }> {
  const deadlineMs = Date.now() + patienceMs;
  for (;;) {
    const offsets = await admin.groupOffsets(group, [topic]);
    const committed = offsets.reduce(
      (sum, { offset }) => sum + Number(offset ?? 0),
      0,
    );
    if (committed >= wanted) return { committed, atMs: Date.now() };
    signal.throwIfAborted();
    if (Date.now() > deadlineMs) {
      throw new Error(
        `The sink has committed ${committed} of ${wanted} records after ${patienceMs / 1_000} s.`,
      );
    }
    await delay(pollMs);
  }
}

/**
 * Rows a second from the beginning of the first transaction, by the clock that this process shares
 * with the server.
 */
export async function rateUntil(
  context: BenchContext,
  lastMs: number,
): Promise<number> {
  const firstMs = await asSuperuser(context, client =>
    countOf(
      client,
      `SELECT extract(epoch FROM min(stored_at)) * 1000 AS count FROM ${table}`,
    ),
  );
  return (records * 1_000) / (lastMs - firstMs);
}

/** Resets to the same state before each measurement: no rows, no chunks, nothing left to write to disk. */
export async function emptyTable(context: BenchContext): Promise<void> {
  await asSuperuser(context, async client => {
    await client.query(`TRUNCATE ${table}`);
    await client.query('CHECKPOINT');
  });
}

/** The number that a query gives as `count`. */
export async function countOf(
  client: pg.Client,
  query: string,
): Promise<number> {
  const { rows } = await client.query<{ count: string }>(query);
  return Number(rows[0]?.count);
}

/** Works with the database as its superuser. */
export async function asSuperuser<T>(
  { stack }: BenchContext,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: stack.ports.postgres,
    user: 'postgres',
    password: stack.secrets.postgres.postgres,
    database: 'homelab',
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
