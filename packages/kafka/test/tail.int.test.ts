import {
  createMemoryLog,
  createTestAdmin,
  createTestKafka,
  createTestProducer,
  createTestTopics,
  eventually,
  startKafkaCluster,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import { createKafkaClient } from '../src/index.ts';
import type { KafkaClient, TailBegin, TailOptions } from '../src/index.ts';

function follow(
  t: TestScope,
  options: Pick<TailOptions, 'topics' | 'pastMs' | 'maxPastRecords'>,
  kafka: KafkaClient = createTestKafka(),
) {
  const begins: TailBegin[] = [];
  const heard: string[] = [];
  const tail = kafka.tail({
    ...options,
    onBegin: begin => begins.push(begin),
    onRecords: ({ records }) =>
      heard.push(...records.map(({ value }) => String(value))),
  });
  t.onTestFinished(() => tail.stop());
  return { tail, begins, heard };
}

const values = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => String(from + index));

async function fixture(t: TestScope, partitions: number) {
  const { topic } = await createTestTopics(t, ['topic'], { partitions });
  const producer = await createTestProducer(t);
  const send = (from: number, to: number) =>
    producer.send(
      values(from, to).map(value => ({ topic, key: `key-${value}`, value })),
    );
  return { topic, send };
}

test('two tails both hear every record after their start, and no group is made', async t => {
  const { topic, send } = await fixture(t, 6);
  await send(0, 10);
  const first = follow(t, { topics: [topic] });
  const second = follow(t, { topics: [topic] });
  await Promise.all([first.tail.start(), second.tail.start()]);
  await send(10, 110);
  for (const { heard, tail } of [first, second]) {
    await eventually(() =>
      expect([...heard].sort()).toEqual(values(10, 110).sort()),
    );
    expect(tail.state()).toEqual({ ok: true });
  }
  expect(first.begins).toMatchObject([
    { topic, reason: 'started', partitions: { length: 6 } },
  ]);
  const { topicId } = first.begins[0] ?? {};
  expect(topicId).toMatch(/^[\da-f-]{36}$/);
  expect(second.begins[0]?.topicId).toBe(topicId);
});

test('the past is read before the start is over, and bounded in age and number', async t => {
  const { topic, send } = await fixture(t, 1);
  await send(0, 20);
  const all = follow(t, { topics: [topic], pastMs: 60_000 });
  await all.tail.start();
  expect(all.heard).toEqual(values(0, 20));
  const some = follow(t, {
    topics: [topic],
    pastMs: 60_000,
    maxPastRecords: 5,
  });
  await some.tail.start();
  expect(some.heard).toEqual(values(15, 20));
});

test('it tells when records are gone before they were read', async t => {
  const { topic, send } = await fixture(t, 1);
  await send(0, 10);
  const admin = await createTestAdmin(t);
  const { tail, begins, heard } = follow(t, { topics: [topic] });
  await tail.start();
  await admin.deleteTopics([topic]);
  await eventually(() => expect(tail.state().ok).toBe(false));
  await admin.createTopics([{ name: topic, partitions: 1 }]);
  await eventually(() => expect(begins).toHaveLength(2));
  expect(begins[1]).toMatchObject({ reason: 'records_lost' });
  expect(begins[1]?.topicId).not.toBe(begins[0]?.topicId);
  await send(10, 12);
  await eventually(() => expect(heard).toEqual(values(10, 12)));
});

test('the records of a transaction are heard in their order once it is committed', async t => {
  const { topic, send } = await fixture(t, 1);
  const { tail, heard } = follow(t, { topics: [topic] });
  await tail.start();
  const transactional = createTestKafka().transactionalProducer({
    transactionalId: `tail-${topic}`,
  });
  t.onTestFinished(() => transactional.stop());
  await transactional.start();
  await transactional.send([{ topic, key: 'k', value: 'committed' }]);
  await send(1, 2);
  await eventually(() => expect(heard).toEqual(['committed', '1']));
});

test('with several brokers it goes on where it was after one was restarted', async t => {
  const cluster = await startKafkaCluster(t, { brokers: 2 });
  const kafka = createKafkaClient({
    brokers: cluster.addresses,
    clientId: 'tail',
    logger: createMemoryLog().logger,
  });
  const admin = kafka.admin();
  t.onTestFinished(() => admin.stop());
  await admin.start();
  await admin.createTopics([{ name: 'spread', partitions: 6 }]);
  const producer = kafka.producer();
  t.onTestFinished(() => producer.stop());
  await producer.start();
  const send = (from: number, to: number) =>
    producer.send(
      values(from, to).map(value => ({
        topic: 'spread',
        key: `key-${value}`,
        value,
      })),
    );
  const { tail, begins, heard } = follow(t, { topics: ['spread'] }, kafka);
  await tail.start();
  await send(0, 60);
  await eventually(() => expect(heard).toHaveLength(60));
  const [, second] = cluster.brokers;
  await second?.stop();
  await eventually(() =>
    expect(tail.state().detail).toMatch(/no leader|no connection/),
  );
  await second?.start();
  await eventually(
    async () => {
      expect(tail.state()).toEqual({ ok: true });
      await send(60, 120);
    },
    { timeoutMs: 20_000 },
  );
  await eventually(() =>
    expect([...new Set(heard)].sort()).toEqual(values(0, 120).sort()),
  );
  expect(heard.slice(0, 60).sort()).toEqual(values(0, 60).sort());
  expect(begins).toHaveLength(1);
}, 120_000);
