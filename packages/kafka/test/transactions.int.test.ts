import {
  createTestAdmin,
  createTestKafka,
  createTestProducer,
  createTestTopics,
  eventually,
  readTopic,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { ReadRecord, TestScope } from '@homelab/test-kit';
import { Kafka, logLevel } from '@homelab/kafkajs';
import { expect, onTestFinished, test } from 'vitest';
import type { ReadOptions, TransactionalProducer } from '../src/index.ts';

const t = { onTestFinished };

async function createTransactional(
  scope: TestScope,
  transactionalId = uniqueName('transactional'),
): Promise<TransactionalProducer> {
  const producer = createTestKafka().transactionalProducer({ transactionalId });
  scope.onTestFinished(() => producer.stop());
  await producer.start();
  return producer;
}

const numbered = (topic: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    topic,
    key: `key-${index % 7}`,
    value: String(from + index),
  }));

async function readAll(...topics: string[]): Promise<ReadRecord[]> {
  const all: ReadRecord[] = [];
  await createTestKafka().read({
    topics,
    onRecords: async records => {
      all.push(...records);
      return 'more';
    },
  });
  return all;
}

/**
 * Reads until everything is seen: Kafka acknowledges a commit before the end marker is
 * written.
 */
const expectToRead = (topics: string[], values: number[]) =>
  eventually(async () =>
    expect(valuesOf(await readAll(...topics))).toEqual(values),
  );

const valuesOf = (records: readonly { value: Buffer | null }[]) =>
  records.map(({ value }) => Number(value)).toSorted((a, b) => a - b);

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** A transaction that is opened, filled and abandoned. */
async function openTransaction(
  scope: TestScope,
  transactionalId: string,
  records: { topic: string; value: string }[],
) {
  const producer = new Kafka({
    brokers: [...testServers().kafka.brokers],
    logLevel: logLevel.NOTHING,
  }).producer({ transactionalId, idempotent: true, maxInFlightRequests: 1 });
  scope.onTestFinished(() => producer.disconnect());
  await producer.connect();
  const transaction = await producer.transaction();
  for (const { topic, value } of records)
    await transaction.send({ topic, messages: [{ value }] });
  return transaction;
}

test('many transactions over two topics in a row are all read, once, to the end', async () => {
  const { one, two } = await createTestTopics(t, ['one', 'two'], {
    partitions: 3,
  });
  const producer = await createTransactional(t);
  for (let start = 1; start <= 300; start += 30) {
    await producer.send([
      ...numbered(one, start, start + 29),
      ...numbered(two, start, start + 29),
    ]);
  }
  await eventually(async () => {
    const records = await readAll(one, two);
    for (const topic of [one, two]) {
      const read = records.filter(record => record.topic === topic);
      expect(valuesOf(read)).toEqual(range(1, 300));
    }
  });
});

test('plain records that an aborted transaction encloses are all read, once', async () => {
  // More than one Fetch response: the middle ones list the aborted transaction but hold
  // none of its records.
  const { topic } = await createTestTopics(t, ['topic']);
  const plain = await createTestProducer(t);
  const aborted = await openTransaction(t, uniqueName('enclosing'), [
    { topic, value: '666' },
  ]);
  const filler = Buffer.alloc(4_096);
  for (let part = 0; part < 16; part += 1)
    await plain.send(
      range(1, 64).map(() => ({ topic, key: 'device', value: filler })),
    );
  await aborted.abort();
  await plain.send(numbered(topic, 1, 1));
  const consumed = await readTopic(t, {
    topic,
    until: read => read.some(({ value }) => String(value) === '1'),
  });
  expect(consumed).toHaveLength(16 * 64 + 1);
  expect(new Set(consumed.map(({ offset }) => offset)).size).toBe(
    consumed.length,
  );
  expect(await readAll(topic)).toHaveLength(consumed.length);
});

test('nobody reads the records of an aborted transaction, whether before or after other records', async () => {
  const { topic } = await createTestTopics(t, ['topic']);
  const plain = await createTestProducer(t);
  await plain.send(numbered(topic, 1, 2));
  const aborted = await openTransaction(t, uniqueName('left'), [
    { topic, value: '666' },
    { topic, value: '667' },
  ]);
  await aborted.abort();
  await plain.send(numbered(topic, 3, 4));
  const consumed = await readTopic(t, {
    topic,
    until: read => read.length >= 4,
  });
  expect(valuesOf(consumed)).toEqual([1, 2, 3, 4]);
  const last = await openTransaction(t, uniqueName('left'), [
    { topic, value: '668' },
  ]);
  await last.abort();
  await expectToRead([topic], [1, 2, 3, 4]);
});

test('a read ends before an open transaction', async () => {
  const { topic } = await createTestTopics(t, ['topic']);
  const plain = await createTestProducer(t);
  await plain.send(numbered(topic, 1, 3));
  const open = await openTransaction(t, uniqueName('open'), [
    { topic, value: '666' },
  ]);
  expect(valuesOf(await readAll(topic))).toEqual([1, 2, 3]);
  await open.commit();
  await expectToRead([topic], [1, 2, 3, 666]);
});

test("a new producer with the same id aborts the old one's open transaction and fences it", async () => {
  const { topic } = await createTestTopics(t, ['topic']);
  const transactionalId = uniqueName('same');
  const older = await createTransactional(t, transactionalId);
  await older.send(numbered(topic, 1, 5));
  const left = await openTransaction(t, transactionalId, [
    { topic, value: '666' },
  ]);
  const newer = await createTransactional(t, transactionalId);
  await newer.send(numbered(topic, 6, 9));
  await expect(left.commit()).rejects.toThrow();
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await expect(older.send(numbered(topic, 700, 701))).rejects.toMatchObject({
      code: 'FENCED',
      retryable: false,
      message: expect.stringContaining(transactionalId),
    });
  }
  await expectToRead([topic], range(1, 9));
});

test('a record that is too large fails its whole transaction and ends the producer; a new one continues', async () => {
  const { topic, other } = await createTestTopics(t, ['topic', 'other'], {
    config: { 'max.message.bytes': '2000' },
  });
  const producer = await createTransactional(t);
  await expect(
    producer.send([
      ...numbered(other, 1, 3),
      { topic, key: 'k', value: Buffer.alloc(5_000) },
    ]),
  ).rejects.toMatchObject({ code: 'MESSAGE_TOO_LARGE' });
  // kafkajs would reuse the earlier sequence numbers, and the broker would drop these.
  await expect(producer.send(numbered(other, 4, 6))).rejects.toMatchObject({
    code: 'MESSAGE_TOO_LARGE',
  });
  const another = await createTransactional(t);
  await another.send(numbered(other, 7, 9));
  await expectToRead([topic, other], [7, 8, 9]);
});

test('a read begins and ends where told, and passes errors on', async () => {
  const { topic } = await createTestTopics(t, ['topic']);
  const producer = await createTestProducer(t);
  await producer.send(numbered(topic, 0, 99));
  const kafka = createTestKafka();
  const seen: number[] = [];
  await kafka.read({
    topics: [topic],
    from: [{ topic, partition: 0, offset: '90' }],
    onRecords: async records => {
      seen.push(...valuesOf(records));
      return 'more';
    },
  });
  expect(seen).toEqual(range(90, 99));
  let calls = 0;
  await kafka.read({
    topics: [topic],
    onRecords: async () => {
      calls += 1;
      return 'enough';
    },
  });
  expect(calls).toBe(1);
  await expect(
    kafka.read({
      topics: [topic],
      onRecords: () => Promise.reject(new Error('no space')),
    }),
  ).rejects.toThrow('no space');
  await expect(
    kafka.read({
      topics: [uniqueName('missing')],
      onRecords: async () => 'more',
    }),
  ).rejects.toMatchObject({ code: 'UNKNOWN_TOPIC_OR_PARTITION' });
});

test('a read can cover part of one partition and leave out the others', async () => {
  const { topic } = await createTestTopics(t, ['topic'], { partitions: 3 });
  const producer = await createTestProducer(t);
  await producer.send(
    [0, 1, 2].flatMap(partition =>
      numbered(topic, 0, 49).map(record => ({ ...record, partition })),
    ),
  );
  const seen: string[] = [];
  const read = (options: Partial<ReadOptions>) =>
    createTestKafka().read({
      topics: [topic],
      onRecords: async records => {
        for (const { partition, offset } of records)
          seen.push(`${partition}:${offset}`);
        return 'more';
      },
      ...options,
    });
  await read({
    onlyNamed: true,
    from: [{ topic, partition: 1, offset: '7' }],
    to: [{ topic, partition: 1, offset: '10' }],
  });
  expect(seen).toEqual(['1:7', '1:8', '1:9']);
  await read({ to: [{ topic, partition: 2, offset: '0' }] });
  expect(seen).toHaveLength(3 + 100);
  expect(seen.filter(place => place.startsWith('2:'))).toEqual([]);
});

test('records before an offset are deleted, and a group has no lag after an end marker', async () => {
  const { topic } = await createTestTopics(t, ['topic']);
  const admin = await createTestAdmin(t);
  const producer = await createTransactional(t);
  await producer.send(numbered(topic, 0, 9));
  await admin.deleteRecords(topic, [{ partition: 0, offset: '4' }]);
  await expectToRead([topic], range(4, 9));
  const groupId = uniqueName('group');
  const consumer = createTestKafka().consumer({ groupId, fromBeginning: true });
  onTestFinished(() => consumer.stop());
  await consumer.start({ topics: [topic], onBatch: batch => batch.commit() });
  const [{ high } = { high: '' }] = await admin.topicOffsets(topic);
  await eventually(async () =>
    expect(await admin.groupOffsets(groupId, [topic])).toMatchObject([
      { offset: high },
    ]),
  );
});
