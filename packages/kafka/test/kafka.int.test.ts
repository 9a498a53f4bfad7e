import {
  createTestAdmin,
  createTestKafka,
  createTestProducer,
  eventually,
  uniqueName,
} from '@homelab/test-kit';
import { expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { createLogger } from '@homelab/service-kit';
import { createKafkaClient } from '../src/index.ts';
import type {
  BatchHandler,
  ConsumedRecord,
  ConsumerOptions,
  RecordConsumer,
} from '../src/index.ts';
import { numbered, oneTopic } from './topic-fixtures.ts';

const silent = createLogger({ component: 'test', level: 'silent' });

async function consume(
  t: TestContext,
  topic: string,
  onBatch: BatchHandler,
  options: Partial<ConsumerOptions> = {},
): Promise<RecordConsumer> {
  const consumer = createTestKafka().consumer({
    groupId: uniqueName('group'),
    fromBeginning: true,
    maxWaitMs: 100,
    ...options,
  });
  t.onTestFinished(() => consumer.stop());
  await consumer.start({ topics: [topic], onBatch });
  return consumer;
}

/** A handler that keeps the values it has seen and commits each batch. */
function collecting() {
  const values: string[] = [];
  const onBatch: BatchHandler = async batch => {
    values.push(...valuesOf(batch.records));
    await batch.commit();
  };
  return { values, onBatch };
}

function valuesOf(records: readonly ConsumedRecord[]): string[] {
  return records.map(record => String(record.value));
}

test('a group resumes exactly after the committed offset', async t => {
  const topic = await oneTopic(t);
  const groupId = uniqueName('group');
  const producer = await createTestProducer(t);
  await producer.send(numbered(topic, 1, 5));
  let committed = false;
  const first = await consume(
    t,
    topic,
    async batch => {
      await batch.commit(
        batch.records.find(({ value }) => String(value) === '3')?.offset,
      );
      committed = true;
    },
    { groupId },
  );
  await eventually(() => expect(committed).toBe(true));
  await first.stop();

  const { values, onBatch } = collecting();
  await consume(t, topic, onBatch, { groupId });
  await eventually(() => expect(values).toEqual(['4', '5']));

  const admin = await createTestAdmin(t);
  await eventually(async () =>
    expect(await admin.groupOffsets(groupId, [topic])).toEqual([
      { topic, partition: 0, offset: '5' },
    ]),
  );
});

test('uncommitted records are redelivered to the next member', async t => {
  const topic = await oneTopic(t);
  const groupId = uniqueName('group');
  const producer = await createTestProducer(t);
  await producer.send(numbered(topic, 1, 3));
  const seen: string[] = [];
  const first = await consume(
    t,
    topic,
    async batch => void seen.push(...valuesOf(batch.records)),
    { groupId },
  );
  await eventually(() => expect(seen).toEqual(['1', '2', '3']));
  await first.stop();
  const { values, onBatch } = collecting();
  await consume(t, topic, onBatch, { groupId });
  await eventually(() => expect(values).toEqual(['1', '2', '3']));
});

test('a live tail sees nothing older and everything sent after it has started', async t => {
  const topic = await oneTopic(t, 3);
  const producer = await createTestProducer(t);
  await producer.send(numbered(topic, 1, 3));
  const { values, onBatch } = collecting();
  await consume(t, topic, onBatch, { fromBeginning: false });
  await producer.send(numbered(topic, 4, 5));
  await eventually(() => expect(values).toEqual(['4', '5']));
});

test('a retryable handler failure redelivers the same records', async t => {
  const topic = await oneTopic(t);
  const producer = await createTestProducer(t);
  await producer.send(numbered(topic, 1, 2));
  const attempts: string[][] = [];
  await consume(t, topic, async batch => {
    attempts.push(valuesOf(batch.records));
    if (attempts.length < 3) {
      throw Object.assign(new Error('database away'), { retryable: true });
    }
    await batch.commit();
  });
  await eventually(() => expect(attempts).toHaveLength(3));
  expect(attempts).toEqual([
    ['1', '2'],
    ['1', '2'],
    ['1', '2'],
  ]);
});

test('any other handler failure ends the consumer and is reported', async t => {
  const topic = await oneTopic(t);
  const producer = await createTestProducer(t);
  const broken = new RangeError('a broken invariant');
  const consumer = await consume(t, topic, async () => {
    throw broken;
  });
  expect(consumer.state()).toEqual({ ok: true });
  await producer.send(numbered(topic, 1, 1));
  await expect(consumer.failed).rejects.toMatchObject({
    code: 'HANDLER_FAILED',
    retryable: false,
    cause: broken,
  });
  expect(consumer.state().ok).toBe(false);
});

test('a paused partition waits and resumes where it stopped', async t => {
  const topic = await oneTopic(t);
  const producer = await createTestProducer(t);
  const other = await oneTopic(t);
  const { values, onBatch } = collecting();
  const consumer = createTestKafka().consumer({
    groupId: uniqueName('group'),
    fromBeginning: true,
    maxWaitMs: 100,
  });
  t.onTestFinished(() => consumer.stop());
  await consumer.start({ topics: [topic, other], onBatch });
  consumer.pause([{ topic, partitions: [0] }]);
  await producer.send(numbered(topic, 1, 2));
  // Two rounds through the other topic, so the paused one was skipped meanwhile.
  for (const value of ['a', 'b']) {
    await producer.send([{ topic: other, key: null, value }]);
    await eventually(() => expect(values.at(-1)).toBe(value));
  }
  expect(values).toEqual(['a', 'b']);
  consumer.resume([{ topic, partitions: [0] }]);
  await eventually(() => expect(values).toEqual(['a', 'b', '1', '2']));
});

test('stop lets a running handler commit', async t => {
  const topic = await oneTopic(t);
  const groupId = uniqueName('group');
  const producer = await createTestProducer(t);
  await producer.send(numbered(topic, 1, 2));
  let entered = false;
  const consumer = await consume(
    t,
    topic,
    async batch => {
      entered = true;
      await eventually(() => expect(batch.isStopping()).toBe(true));
      await batch.commit();
    },
    { groupId },
  );
  await eventually(() => expect(entered).toBe(true));
  await consumer.stop();
  const admin = await createTestAdmin(t);
  expect(await admin.groupOffsets(groupId, [topic])).toEqual([
    { topic, partition: 0, offset: '2' },
  ]);
});

test('stop reports a handler that does not end', async t => {
  const topic = await oneTopic(t);
  const producer = await createTestProducer(t);
  await producer.send(numbered(topic, 1, 1));
  let entered = false;
  const consumer = createTestKafka().consumer({
    groupId: uniqueName('group'),
    fromBeginning: true,
    stopTimeoutMs: 100,
  });
  await consumer.start({
    topics: [topic],
    onBatch: () => {
      entered = true;
      return new Promise(() => {});
    },
  });
  await eventually(() => expect(entered).toBe(true));
  await expect(consumer.stop()).rejects.toMatchObject({ code: 'STOP_TIMEOUT' });
});

test('a second member takes its share of the partitions', async t => {
  const topic = await oneTopic(t, 4);
  const groupId = uniqueName('group');
  const { onBatch } = collecting();
  const options = { groupId, heartbeatIntervalMs: 100 };
  const first = await consume(t, topic, onBatch, options);
  expect(first.assigned()).toHaveLength(4);
  const second = await consume(t, topic, onBatch, options);
  await eventually(() => {
    expect(first.assigned()).toHaveLength(2);
    expect(second.assigned()).toHaveLength(2);
  });
  await second.stop();
  await eventually(() => expect(first.assigned()).toHaveLength(4));
});

test('a handler learns that its partition may be gone', async t => {
  const topic = await oneTopic(t, 2);
  const groupId = uniqueName('group');
  const producer = await createTestProducer(t);
  await producer.send(numbered(topic, 1, 1));
  const stale: boolean[] = [];
  const options = { groupId, heartbeatIntervalMs: 100 };
  let first = true;
  await consume(
    t,
    topic,
    async batch => {
      if (!first) return;
      first = false;
      stale.push(batch.isStale());
      await eventually(() => expect(batch.isStale()).toBe(true));
      stale.push(batch.isStale());
    },
    options,
  );
  await eventually(() => expect(stale).toEqual([false]));
  await consume(t, topic, async () => {}, options);
  await eventually(() => expect(stale).toEqual([false, true]));
});

test('reading a missing topic is refused with a clear message', async t => {
  const topic = uniqueName('missing');
  await expect(consume(t, topic, async () => {})).rejects.toThrow(
    `A Kafka topic to read does not exist (one of ${topic})`,
  );
});

test('without a broker start waits, state says so, and stop ends it', async () => {
  const client = createKafkaClient({
    brokers: ['127.0.0.1:1'],
    clientId: 'test',
    logger: silent,
  });
  const producer = client.producer();
  const consumer = client.consumer({ groupId: 'g', fromBeginning: true });
  const starts = [
    producer.start(),
    consumer.start({ topics: ['t'], onBatch: async () => {} }),
  ];
  await eventually(() => {
    expect(producer.state().detail).toMatch(
      /^no connection to 127\.0\.0\.1:1: .*ECONNREFUSED/,
    );
    expect(consumer.state().detail).toMatch(/^no connection to 127\.0\.0\.1:1/);
  });
  await Promise.all([producer.stop(), consumer.stop()]);
  const ends = await Promise.allSettled(starts);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('an admin creates, describes and changes topics and reads their offsets', async t => {
  const admin = await createTestAdmin(t);
  const name = uniqueName('admin');
  t.onTestFinished(() => admin.deleteTopics([name]));
  const wanted = { name, partitions: 2, config: { 'retention.ms': '60000' } };
  expect(await admin.createTopics([wanted])).toEqual([name]);
  expect(await admin.createTopics([wanted])).toEqual([]);
  expect(await admin.describeTopics([name, uniqueName('missing')])).toEqual([
    {
      name,
      partitions: 2,
      replicationFactor: 1,
      config: { 'retention.ms': '60000' },
    },
  ]);
  await admin.addPartitions(name, 3);
  await admin.setTopicConfig(name, { 'retention.ms': '120000' });
  await eventually(async () =>
    expect(await admin.describeTopics([name])).toEqual([
      {
        name,
        partitions: 3,
        replicationFactor: 1,
        config: { 'retention.ms': '120000' },
      },
    ]),
  );
  const producer = await createTestProducer(t);
  await producer.send([{ topic: name, key: null, value: 'x', partition: 2 }]);
  expect(await admin.topicOffsets(name)).toEqual([
    { partition: 0, low: '0', high: '0' },
    { partition: 1, low: '0', high: '0' },
    { partition: 2, low: '0', high: '1' },
  ]);
  expect(await admin.brokers()).toHaveLength(1);
  await expect(admin.addPartitions(name, 1)).rejects.toMatchObject({
    code: 'INVALID_PARTITIONS',
  });
});
