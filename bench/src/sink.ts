import { setTimeout as delay } from 'node:timers/promises';
import type { KafkaAdmin } from '@homelab/kafka';
import {
  deadLetterTopic,
  hypertables,
  kafkaTopics,
  sinkGroups,
} from '@homelab/telemetry';
import pg from 'pg';
import type { Bench, BenchContext } from './bench-context.ts';
import { createCopyCeiling } from './copy-ceiling.ts';
import type { CopyCeiling } from './copy-ceiling.ts';
import { ratioOf } from './figures.ts';
import type { Figure } from './figures.ts';
import { benchKafka, openKafkaAdmin, recordCount } from './kafka-ends.ts';
import type { MeasuredProcess } from './service-under-load.ts';
import { sendRecords } from './sink-load.ts';
import type { SinkLoad } from './sink-load.ts';
import { ourSink } from './sink-program.ts';

const topic = kafkaTopics.energy;
const table = hypertables.energy;
const group = sinkGroups.energy;
const records = 1_000_000;
const pollMs = 20;
const patienceMs = 120_000;

/** One value per round. */
interface Rounds {
  readonly text: number[];
  readonly binary: number[];
  readonly sink: number[];
  readonly cpuUs: number[];
  readonly wrong: number[];
}

/**
 * How fast the sink drains a Kafka topic into an empty table, and how fast COPY fills the same
 * table with the same rows. Each round starts with an empty table, a new consumer group and a
 * new process, and counts the stored rows. At the end a sink is killed halfway and restarted.
 */
export const benchSink: Bench = async context => {
  const { stack, rounds, report } = context;
  const admin = await openKafkaAdmin(stack);
  const load: SinkLoad = {
    count: records,
    firstMs: Math.floor(Date.now() / 86_400_000 - 1) * 86_400_000,
  };
  report(`  filling ${topic} with ${records} records`);
  await fillTopic(context, load);
  const ceiling = await createCopyCeiling(stack, table, load);
  try {
    const all: Rounds = {
      text: [],
      binary: [],
      sink: [],
      cpuUs: [],
      wrong: [],
    };
    for (let round = 1; round <= rounds; round += 1) {
      report(`  round ${round} of ${rounds}`);
      await measureRound(context, admin, ceiling, all);
    }
    report('  killing the sink in the middle');
    const killed = await measureKill(context, admin);
    return figuresOf(all, killed);
  } finally {
    await ceiling.close();
    await admin.stop();
  }
};

function figuresOf(all: Rounds, killed: KillOutcome): Figure[] {
  const rate = (name: string, rounds: number[]): Figure => ({
    ...{ name, unit: 'rows/s', rounds },
  });
  const text = rate('COPY, text', all.text);
  const binary = rate('ceiling: COPY, binary', all.binary);
  const sink = rate('sink, first to last commit', all.sink);
  const none = { atMost: 0 };
  return [
    text,
    binary,
    { ...sink, goal: { atLeast: 60_000 } },
    ratioOf('sink / COPY, text', sink, text),
    ratioOf('sink / COPY, binary', sink, binary, { atLeast: 0.5 }),
    { name: 'sink CPU per row', unit: 'us', rounds: all.cpuUs },
    {
      ...{ name: 'rows missing, doubled or dead-lettered', unit: 'rows' },
      ...{ rounds: all.wrong, goal: none },
    },
    {
      ...{ name: 'the same after kill -9', unit: 'rows' },
      ...{ rounds: [killed.wrong], goal: none },
    },
    {
      ...{ name: 'rows stored when it was killed', unit: 'rows' },
      rounds: [killed.storedBefore],
    },
  ];
}

async function fillTopic(
  { stack }: BenchContext,
  load: SinkLoad,
): Promise<void> {
  const producer = benchKafka(stack.ports.kafka).producer();
  await producer.start();
  try {
    await sendRecords(producer, load);
  } finally {
    await producer.stop();
  }
}

async function measureRound(
  context: BenchContext,
  admin: KafkaAdmin,
  ceiling: CopyCeiling,
  all: Rounds,
): Promise<void> {
  for (const format of ['text', 'binary'] as const) {
    await emptyTable(context);
    all[format].push(await ceiling.measure(format));
  }
  await emptyTable(context);
  const sink = await startSink(context);
  try {
    const first = await untilCommitted(admin, context, 1);
    const cpuAtFirst = sink.cpuSeconds();
    const last = await untilCommitted(admin, context, records);
    const cpuSeconds = sink.cpuSeconds() - cpuAtFirst;
    all.cpuUs.push((cpuSeconds * 1e6) / (records - first.committed));
    const firstStoredMs = await firstStoredAt(context);
    all.sink.push((records * 1_000) / (last.atMs - firstStoredMs));
  } finally {
    await sink.stop();
  }
  all.wrong.push(await countWrong(context, admin));
  // The next one reads from the beginning.
  await admin.deleteGroups([group]);
}

interface KillOutcome {
  readonly wrong: number;
  readonly storedBefore: number;
}

async function measureKill(
  context: BenchContext,
  admin: KafkaAdmin,
): Promise<KillOutcome> {
  await emptyTable(context);
  const killed = await startSink(context);
  await untilCommitted(admin, context, records / 3);
  await killed.stop('SIGKILL');
  const storedBefore = await asSuperuser(context, client =>
    countOf(client, `SELECT count(*) AS count FROM ${table}`),
  );
  const sink = await startSink(context);
  try {
    await untilCommitted(admin, context, records);
  } finally {
    await sink.stop();
  }
  return { wrong: await countWrong(context, admin), storedBefore };
}

function startSink({ stack }: BenchContext): Promise<MeasuredProcess> {
  return ourSink(stack, { SINK_STREAMS: 'energy' }).start();
}

/** Waits until the group has committed this many records; gives the actual number and the time. */
async function untilCommitted(
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

/** Rows that are not stored exactly once, and records in the dead-letter topic. */
async function countWrong(
  context: BenchContext,
  admin: KafkaAdmin,
): Promise<number> {
  const [stored, keys] = await asSuperuser(context, async client => [
    await countOf(client, `SELECT count(*) AS count FROM ${table}`),
    await countOf(
      client,
      `SELECT count(*) AS count FROM (SELECT DISTINCT device_id, time FROM ${table}) AS keys`,
    ),
  ]);
  const deadLetters = await recordCount(admin, deadLetterTopic(topic));
  return Math.abs(records - keys) + (stored - keys) + deadLetters;
}

/** When the first transaction began, by the clock that this process shares with the server. */
function firstStoredAt(context: BenchContext): Promise<number> {
  return asSuperuser(context, client =>
    countOf(
      client,
      `SELECT extract(epoch FROM min(stored_at)) * 1000 AS count FROM ${table}`,
    ),
  );
}

/** Resets to the same state before each measurement: no rows, no chunks, nothing left to write to disk. */
async function emptyTable(context: BenchContext): Promise<void> {
  await asSuperuser(context, async client => {
    await client.query(`TRUNCATE ${table}`);
    await client.query('CHECKPOINT');
  });
}

async function countOf(client: pg.Client, query: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(query);
  return Number(rows[0]?.count);
}

async function asSuperuser<T>(
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
