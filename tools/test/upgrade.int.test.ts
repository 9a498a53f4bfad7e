import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@homelab/test-kit';
import { migrate } from '@homelab/timescale-schema';
import kafkajs from 'kafkajs';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foldersIn } from '../src/folders.ts';
import { freePorts, type HomelabPorts } from '../src/ports.ts';
import type { ProcessSpec } from '../src/runner/process-spec.ts';
import { serverProcesses } from '../src/stack.ts';
import type { StackOptions } from '../src/stack-options.ts';
import { type RunningStack, startStack } from '../src/stack-run.ts';
import { serviceProcesses } from '../src/stack-services.ts';
import { findFreePort } from '../src/testing/with-stack.ts';
import { readRecordedState } from './upgrade/recorded-state.ts';

// What was stored by the version before device_id had one name in every table.
const before = readRecordedState('before-device-id.json');

const root = join(import.meta.dirname, '../..');
const migrationsFolder = join(root, 'packages/timescale-schema/migrations');
const base = mkdtempSync(join(tmpdir(), 'homelab-upgrade-'));
const folders = foldersIn(base, root);
const secretsFile = join(folders.secrets, 'secrets.json');
const never = new AbortController().signal;
let ports: HomelabPorts;
let stack: RunningStack;

beforeAll(async () => {
  // Servers that root starts run as nobody, who must be able to enter.
  chmodSync(base, 0o755);
  ports = await freePorts(findFreePort);
  mkdirSync(folders.secrets, { recursive: true });
  writeFileSync(secretsFile, JSON.stringify(before.secrets), { mode: 0o600 });
  await start(serverProcesses);
  await restoreTables();
  await restoreTopics();
  await stack.stop();
  await startAll();
}, 600_000);

afterAll(async () => {
  await stack?.stop();
  rmSync(base, { recursive: true, force: true });
});

test('every secret is kept', () => {
  const secrets = JSON.parse(readFileSync(secretsFile, 'utf8'));
  expect(secrets).toMatchObject(before.secrets);
});

test('every row is kept, under its present column names', async () => {
  for (const [table, rows] of Object.entries(before.tables)) {
    expect(rows.length).toBeGreaterThan(0);
    const stored = await readRows(table);
    for (const { sensor_id: sensor, ...row } of rows) {
      const expected =
        sensor === undefined ? row : { ...row, device_id: sensor };
      expect(stored).toContainEqual(
        expect.objectContaining(withComparableTimes(expected)),
      );
    }
  }
});

test('every Kafka record is kept, redrives included', async () => {
  const { admin, close } = await connectAdmin();
  for (const { name, records } of before.topics) {
    const offsets = await admin.fetchTopicOffsets(name);
    const stored = offsets.reduce(
      (sum, { high, low }) => sum + Number(high) - Number(low),
      0,
    );
    expect([name, stored]).toEqual([name, records.length]);
  }
  await close();
});

test('consumer groups resume at their offsets, and each reading is stored once', async () => {
  await untilRead();
  const counts = await countRows();
  for (const [stream, table] of Object.entries(tableOf)) {
    const topic = before.topics.find(({ name }) => name === stream);
    const keys = new Set(
      topic?.records.map(({ key, value }) => {
        const { timestamp } = JSON.parse(String(value));
        return `${key} ${Date.parse(timestamp)}`;
      }),
    );
    expect([table, counts[table]]).toEqual([table, keys.size]);
  }
});

test('the next start finds all of it and duplicates nothing', async () => {
  await untilRead();
  const counts = await countRows();
  await stack.stop();
  await startAll();
  await untilRead();
  expect(await countRows()).toEqual(counts);
}, 180_000);

const tableOf: Readonly<Record<string, string>> = {
  'homelab.energy': 'energy_readings',
  'homelab.heatpump': 'heatpump_status',
  'homelab.temperature': 'temperature_readings',
};

/** Servers and services as `up` starts them. */
async function startAll(): Promise<void> {
  await start(options => [
    ...serverProcesses(options),
    ...serviceProcesses(options),
  ]);
  // The recorded rows are older than readings live; they are not to go at the hour.
  await withDatabase(client =>
    client.query("SELECT cron.unschedule('apply-retention')"),
  );
}

async function start(
  processes: (options: StackOptions) => ProcessSpec[],
): Promise<void> {
  stack = await startStack({
    folders,
    ports,
    portOffset: 0,
    processes,
    report: () => {},
    output: () => () => {},
    stopSignal: never,
    killSignal: never,
  });
}

/** The tables as the old migrations created them, with their recorded rows. */
async function restoreTables(): Promise<void> {
  const folder = join(base, 'migrations');
  mkdirSync(folder);
  for (const name of before.migrations) {
    const file = name.endsWith('.sql') ? name : `${name}.sql`;
    copyFileSync(join(migrationsFolder, file), join(folder, file));
  }
  await migrate({ connection: databaseOf('homelab_owner'), folder });
  await withDatabase(async client => {
    for (const [table, rows] of Object.entries(before.tables))
      await client.query(
        `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`,
        [JSON.stringify(rows)],
      );
  });
}

async function restoreTopics(): Promise<void> {
  const { kafka, admin, close } = await connectAdmin();
  await admin.createTopics({
    waitForLeaders: true,
    topics: before.topics.map(({ name, partitions, config }) => ({
      topic: name,
      numPartitions: partitions,
      configEntries: Object.entries(config).map(([key, value]) => ({
        name: key,
        value,
      })),
    })),
  });
  const producer = kafka.producer();
  await producer.connect();
  for (const { name, records } of before.topics) {
    // Kafka forgets by these times; the readings keep theirs.
    const messages = records.map(record => ({
      ...record,
      timestamp: String(Date.now()),
    }));
    if (messages.length > 0) await producer.send({ topic: name, messages });
  }
  await producer.disconnect();
  for (const { group, topic, partition, offset } of before.commits)
    await admin.setOffsets({
      groupId: group,
      topic,
      partitions: [{ partition, offset }],
    });
  await close();
}

/** Waits until the groups of the sink have read everything, and checks that none fell behind its commit. */
function untilRead(): Promise<void> {
  return eventually(
    async () => {
      const { admin, close } = await connectAdmin();
      try {
        for (const { group, topic, partition, offset } of before.commits) {
          if (!(topic in tableOf)) continue;
          const [read] = await admin.fetchOffsets({
            groupId: group,
            topics: [topic],
          });
          const ends = await admin.fetchTopicOffsets(topic);
          const now = read?.partitions.find(one => one.partition === partition);
          const end = ends.find(one => one.partition === partition);
          expect(Number(now?.offset)).toBeGreaterThanOrEqual(Number(offset));
          expect(now?.offset).toBe(end?.high);
        }
      } finally {
        await close();
      }
    },
    { timeoutMs: 60_000 },
  );
}

async function countRows(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of Object.values(tableOf))
    counts[table] = (await readRows(table)).length;
  return counts;
}

type Row = Record<string, unknown>;

async function readRows(table: string): Promise<Row[]> {
  const { rows } = await withDatabase(client =>
    client.query<{ row: Row }>(
      `SELECT to_jsonb(stored) AS row FROM ${table} AS stored`,
    ),
  );
  return rows.map(({ row }) => withComparableTimes(row));
}

function withComparableTimes(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) =>
      ['time', 'received_at', 'stored_at'].includes(name)
        ? [name, value === null ? null : Date.parse(String(value))]
        : [name, value],
    ),
  );
}

function databaseOf(user: 'homelab_owner'): pg.ClientConfig {
  return {
    host: '127.0.0.1',
    port: ports.postgres,
    user,
    password: stack.options.secrets.postgres[user],
    database: 'homelab',
  };
}

async function withDatabase<T>(
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(databaseOf('homelab_owner'));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function connectAdmin() {
  const kafka = new kafkajs.Kafka({
    brokers: [`127.0.0.1:${ports.kafka}`],
    logLevel: kafkajs.logLevel.NOTHING,
  });
  const admin = kafka.admin();
  await admin.connect();
  return { kafka, admin, close: () => admin.disconnect() };
}
