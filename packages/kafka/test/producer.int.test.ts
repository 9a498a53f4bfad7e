import {
  createCuttingProxy,
  createTestAdmin,
  createTestKafka,
  createTestTopics,
  eventually,
  readTopic,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { createLogger } from '@homelab/service-kit';
import { expect, test } from 'vitest';
import { createKafkaClient } from '../src/index.ts';
import type { ProducerOptions } from '../src/index.ts';
import { numbered, oneTopic } from './topic-fixtures.ts';

const silent = createLogger({ component: 'test', level: 'silent' });

/** A started producer, stopped when the test ends. */
async function startProducer(t: TestScope, options: ProducerOptions = {}) {
  const producer = createTestKafka().producer(options);
  t.onTestFinished(() => producer.stop());
  await producer.start();
  return producer;
}

test('records come back with their bytes, headers and time, in order for each key', async t => {
  const topic = await oneTopic(t, 6);
  const producer = await startProducer(t);
  const bytes = Buffer.from([0, 1, 254, 255]);
  await producer.send([
    {
      topic,
      key: 'a',
      value: bytes,
      headers: { raw: bytes, text: 'ö' },
      timestampMs: 1_700_000_000_123,
    },
    { topic, key: 'b', value: 'other' },
    { topic, key: 'a', value: null },
    { topic, key: null, value: 'no key' },
  ]);
  const records = await readTopic(t, {
    topic,
    until: read => read.length >= 4,
  });
  const ofA = records.filter(({ key }) => key?.toString() === 'a');
  expect(ofA).toHaveLength(2);
  expect(ofA[0]).toMatchObject({
    value: bytes,
    timestampMs: 1_700_000_000_123,
    headers: { raw: bytes, text: Buffer.from('ö') },
  });
  expect(ofA[1]?.value).toBeNull();
  expect(ofA[0]?.partition).toBe(ofA[1]?.partition);
  expect(records.some(({ key }) => key === null)).toBe(true);
});

test('concurrent sends keep their order and lose nothing', async t => {
  const topic = await oneTopic(t);
  const producer = await startProducer(t);
  await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      producer.send(numbered(topic, index * 20, index * 20 + 19)),
    ),
  );
  const records = await readTopic(t, {
    topic,
    until: read => read.length >= 1_000,
  });
  expect(records.map(({ value }) => Number(value))).toEqual(
    Array.from({ length: 1_000 }, (_, index) => index),
  );
});

test('sending to a topic that does not exist is refused and creates none', async t => {
  const topic = uniqueName('missing');
  const producer = await startProducer(t);
  await expect(producer.send(numbered(topic, 1, 1))).rejects.toMatchObject({
    code: 'UNKNOWN_TOPIC_OR_PARTITION',
  });
  const admin = await createTestAdmin(t);
  expect(await admin.listTopics()).not.toContain(topic);
});

test('a record that is too large is rejected for good, the next ones go through', async t => {
  const { topic } = await createTestTopics(t, ['topic'], {
    config: { 'max.message.bytes': '1000' },
  });
  const producer = await startProducer(t);
  await producer.send(numbered(topic, 1, 1));
  await expect(
    producer.send([{ topic, key: 'device', value: Buffer.alloc(2_000) }]),
  ).rejects.toMatchObject({ code: 'MESSAGE_TOO_LARGE', retryable: false });
  await producer.send(numbered(topic, 2, 2));
  const records = await readTopic(t, {
    topic,
    until: read => read.length >= 2,
  });
  expect(records.map(({ value }) => String(value))).toEqual(['1', '2']);
});

test('without a broker start waits, state says so, and stop ends it', async () => {
  const producer = createKafkaClient({
    brokers: ['127.0.0.1:1'],
    clientId: 'test',
    logger: silent,
  }).producer();
  const start = producer.start();
  await eventually(() => {
    expect(producer.state().detail).toMatch(
      /^no connection to 127\.0\.0\.1:1: .*ECONNREFUSED/,
    );
  });
  await producer.stop();
  await expect(start).rejects.toMatchObject({ code: 'STOPPED' });
});
test('a transaction puts a key on the same partition as a plain send', async t => {
  const topic = await oneTopic(t, 7);
  const keys = Array.from({ length: 40 }, (_, index) => `device-${index}`);
  const plain = await startProducer(t);
  const transactional = createTestKafka().transactionalProducer({
    transactionalId: uniqueName('partitions'),
  });
  t.onTestFinished(() => transactional.stop());
  await transactional.start();
  for (const producer of [plain, transactional])
    await producer.send(keys.map(key => ({ topic, key, value: 'v' })));
  const records = await readTopic(t, {
    topic,
    until: read => read.length >= 2 * keys.length,
  });
  for (const key of keys) {
    const own = records.filter(record => record.key?.toString() === key);
    expect(own).toHaveLength(2);
    expect(new Set(own.map(({ partition }) => partition)).size).toBe(1);
  }
});

test('an idle producer reconnects when the broker closes its connection', async t => {
  // What Kafka does after ten minutes without a request.
  const [broker = ''] = testServers().kafka.brokers;
  const proxy = await createCuttingProxy(t, `kafka://${broker}`);
  const producer = createKafkaClient({
    brokers: [`${proxy.host}:${proxy.port}`],
    clientId: 'test',
    logger: silent,
  }).producer();
  t.onTestFinished(() => producer.stop());
  await producer.start();
  expect(proxy.openCount()).toBeGreaterThan(0);
  proxy.cut();
  await eventually(() => {
    expect(proxy.openCount()).toBeGreaterThan(0);
    expect(producer.state()).toEqual({ ok: true });
  });
});
