import { allReadingTables } from '@homelab/timescale-schema';
import { expect, test } from 'vitest';
import {
  connectMqtt,
  createTestAdmin,
  createTestDatabase,
  createTestProducer,
  createTestTopics,
  eventually,
  readTopic,
  uniqueName,
} from '../src/index.ts';
import type { TestScope } from '../src/index.ts';

/** A scope that the test ends itself, like Vitest: last opened, first closed. */
function ownScope() {
  const cleanups: (() => Promise<void> | void)[] = [];
  const scope: TestScope = {
    onTestFinished: cleanup => void cleanups.unshift(cleanup),
  };
  return {
    scope,
    async end() {
      for (const cleanup of cleanups) await cleanup();
    },
  };
}

test('topics exist while the test runs and are gone afterwards', async t => {
  const { scope, end } = ownScope();
  const topics = await createTestTopics(scope, ['energy', 'dlq'], {
    partitions: 2,
  });
  const names = [topics.energy, topics.dlq];
  const admin = await createTestAdmin(t);
  const described = await admin.describeTopics(names);
  expect(described.map(({ partitions }) => partitions)).toEqual([2, 2]);
  await end();
  await eventually(async () =>
    expect(await admin.describeTopics(names)).toEqual([]),
  );
});

test('a topic is read until the condition holds, or the failure gives the number of records', async t => {
  const { topic } = await createTestTopics(t, ['topic']);
  const producer = await createTestProducer(t);
  await producer.send([
    { topic, key: 'k', value: '1' },
    { topic, key: 'k', value: '2' },
  ]);
  const records = await readTopic(t, {
    topic,
    until: read => read.length === 2,
  });
  expect(records.map(({ value, offset }) => [String(value), offset])).toEqual([
    ['1', '0'],
    ['2', '1'],
  ]);
  await expect(
    readTopic(t, { topic, until: read => read.length > 2, timeoutMs: 1_500 }),
  ).rejects.toThrow('2 records were read');
});

test('a database has the tables and the roles, and is gone afterwards', async t => {
  const { scope, end } = ownScope();
  const database = await createTestDatabase(scope);
  const sink = await database.connect('homelab_sink');
  for (const table of allReadingTables) {
    const rows = await sink.query(
      `SELECT count(*)::int AS n FROM ${table.name}`,
    );
    expect(rows.rows).toEqual([{ n: 0 }]);
  }
  await end();
  const other = await createTestDatabase(t, { migrated: false });
  const owner = await other.connect('homelab_owner');
  const found = await owner.query(
    'SELECT 1 FROM pg_database WHERE datname = $1',
    [database.name],
  );
  expect(found.rowCount).toBe(0);
});

test('a message from a device reaches the monitor', async t => {
  const monitor = await connectMqtt(t, 'monitor');
  const devices = await connectMqtt(t, 'devices');
  const mqttTopic = `homelab/temperature/${uniqueName('sensor')}`;
  const received: string[] = [];
  monitor.on('message', (_, payload) => void received.push(payload.toString()));
  await monitor.subscribeAsync(mqttTopic, { qos: 1 });
  await devices.publishAsync(mqttTopic, '{"temperature":21}', { qos: 1 });
  await eventually(() => expect(received).toEqual(['{"temperature":21}']));
});

test('a wrong password is refused at once', async t => {
  await expect(
    connectMqtt(t, 'devices', { password: 'wrong' }),
  ).rejects.toThrow(/not authorized/i);
});
