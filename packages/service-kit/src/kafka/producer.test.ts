import { KafkaJSConnectionError, KafkaJSProtocolError } from 'kafkajs';
import type { ProducerBatch, RecordMetadata } from 'kafkajs';
import { expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { kafkaClientCodes } from './errors.ts';
import { createProducer } from './producer.ts';
import type { ProducerLink } from './producer-connection.ts';
import type { OutgoingRecord, ProducerOptions } from './types.ts';
import { deferred } from './waiting.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** What a fake broker does with one request; gives the answer of kafkajs. */
type Answer = (batch: ProducerBatch, link: number) => Promise<RecordMetadata[]>;

interface Sent {
  readonly link: number;
  readonly values: readonly string[];
}

/** Places a record with value "p<n>…" on partition n, as the partitioner would. */
function place(
  batch: ProducerBatch,
): { topic: string; partition: number; value: string }[] {
  return (batch.topicMessages ?? []).flatMap(({ topic, messages }) =>
    messages.map(message => {
      const value = String(message.value);
      message.partition ??= Number(/^p(\d)/.exec(value)?.[1] ?? 0);
      return { topic, partition: message.partition, value };
    }),
  );
}

const acknowledgeAll: Answer = async batch =>
  place(batch).map(({ topic, partition }) => ({
    topicName: topic,
    partition,
    errorCode: 0,
  }));

async function startProducer(
  t: TestContext,
  answers: Answer[],
  options: ProducerOptions & { now?: () => number } = {},
) {
  const sent: Sent[] = [];
  const destroyed: number[] = [];
  const lost: (() => void)[] = [];
  const connected: boolean[] = [];
  let links = 0;
  const producer = createProducer({
    brokers: ['b:1'],
    logger: silent,
    random: () => 0.999,
    stopTimeoutMs: 50,
    createLink(onLost): ProducerLink {
      const link = links;
      links += 1;
      lost.push(onLost);
      return {
        async connect() {
          await new Promise(setImmediate);
          connected[link] = true;
        },
        async sendBatch(batch) {
          const values = place(batch).map(({ value }) => value);
          sent.push({ link, values });
          const answer = answers.shift() ?? acknowledgeAll;
          return answer(batch, link);
        },
        disconnect: async () => {},
        isConnected: () => connected[link] === true,
        destroy: () => {
          connected[link] = false;
          destroyed.push(link);
        },
      };
    },
    ...options,
  });
  t.onTestFinished(() => producer.stop());
  await producer.start();
  return {
    producer,
    sent,
    destroyed,
    loseConnection(link: number) {
      connected[link] = false;
      lost[link]?.();
    },
  };
}

function record(value: string, topic = 't'): OutgoingRecord {
  return { topic, key: 'k', value };
}

function protocolError(type: string, retriable: boolean) {
  return new KafkaJSProtocolError(
    Object.assign(new Error(type), { type, code: 1, retriable }),
  );
}

test('sends exactly the records whose partition the answer leaves out again', async t => {
  const withoutPartition1: Answer = async batch =>
    (await acknowledgeAll(batch, 0)).filter(({ partition }) => partition !== 1);
  const { producer, sent } = await startProducer(t, [withoutPartition1]);
  await producer.send([
    record('p0-a'),
    record('p1-b'),
    record('p1-c'),
    record('p2-d'),
  ]);
  expect(sent.map(({ values }) => values)).toEqual([
    ['p0-a', 'p1-b', 'p1-c', 'p2-d'],
    ['p1-b', 'p1-c'],
  ]);
  expect(producer.counts().partialSends).toBe(1);
});

test('the same partition of another topic does not count as acknowledged', async t => {
  const onlyTopicA: Answer = async batch =>
    (await acknowledgeAll(batch, 0)).filter(
      ({ topicName }) => topicName === 'a',
    );
  const { producer, sent } = await startProducer(t, [onlyTopicA]);
  await producer.send([record('p0-1', 'a'), record('p0-2', 'b')]);
  expect(sent[1]?.values).toEqual(['p0-2']);
});

test('an answer with an error code is no acknowledgement', async t => {
  const refused: Answer = async batch =>
    (await acknowledgeAll(batch, 0)).map(answer => ({
      ...answer,
      errorCode: 6,
    }));
  const { producer, sent } = await startProducer(t, [refused]);
  await producer.send([record('p0-a')]);
  expect(sent).toHaveLength(2);
});

test('rejects when the records stay unacknowledged until the deadline', async t => {
  const nothing: Answer = async batch => {
    place(batch);
    return [];
  };
  const { producer } = await startProducer(t, [nothing], {
    deliveryTimeoutMs: 0,
  });
  await expect(producer.send([record('p0-a')])).rejects.toMatchObject({
    code: kafkaClientCodes.partialSend,
    retryable: true,
  });
});

test.for([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
])('after %s a new producer sends the records', async (type, t) => {
  const { producer, sent, destroyed } = await startProducer(t, [
    () => Promise.reject(protocolError(type, false)),
  ]);
  await producer.send([record('p0-a')]);
  expect(sent).toEqual([
    { link: 0, values: ['p0-a'] },
    { link: 1, values: ['p0-a'] },
  ]);
  expect(destroyed).toEqual([0]);
  expect(producer.counts().producersReplaced).toBe(1);
});

test('a producer whose send failed is never used again, whatever the failure', async t => {
  const { producer, sent } = await startProducer(t, [
    () => Promise.reject(protocolError('MESSAGE_TOO_LARGE', false)),
  ]);
  await expect(producer.send([record('p0-huge')])).rejects.toMatchObject({
    code: 'MESSAGE_TOO_LARGE',
    retryable: false,
  });
  await producer.send([record('p0-small')]);
  expect(sent).toEqual([
    { link: 0, values: ['p0-huge'] },
    { link: 1, values: ['p0-small'] },
  ]);
});

test('keeps trying after a lost connection', async t => {
  const cut: Answer = () =>
    Promise.reject(new KafkaJSConnectionError('closed'));
  const { producer, sent } = await startProducer(t, [cut, cut]);
  await producer.send([record('p0-a')]);
  expect(sent.map(({ link }) => link)).toEqual([0, 1, 2]);
});

test('gives up with a retryable error when the delivery time is over', async t => {
  const cut: Answer = () =>
    Promise.reject(new KafkaJSConnectionError('closed'));
  const { producer } = await startProducer(t, [cut], { deliveryTimeoutMs: 0 });
  await expect(producer.send([record('p0-a')])).rejects.toMatchObject({
    code: kafkaClientCodes.connectionFailed,
    retryable: true,
  });
});

test('serves one send after the other, in order', async t => {
  const first = deferred<void>();
  const held: Answer = async batch => {
    await first.promise;
    return acknowledgeAll(batch, 0);
  };
  const { producer, sent } = await startProducer(t, [held]);
  const sends = [
    producer.send([record('p0-1')]),
    producer.send([record('p0-2')]),
  ];
  await expect.poll(() => sent.length).toBe(1);
  first.resolve();
  await Promise.all(sends);
  expect(sent.map(({ values }) => values)).toEqual([['p0-1'], ['p0-2']]);
});

test('refuses more records than may be pending', async t => {
  const first = deferred<void>();
  const held: Answer = async batch => {
    await first.promise;
    return acknowledgeAll(batch, 0);
  };
  const { producer } = await startProducer(t, [held], { maxPendingRecords: 2 });
  const pending = producer.send([record('p0-1'), record('p0-2')]);
  await expect(producer.send([record('p0-3')])).rejects.toMatchObject({
    code: kafkaClientCodes.queueFull,
    retryable: true,
  });
  first.resolve();
  await pending;
  await producer.send([record('p0-3')]);
});

test('stop waits for what is pending and refuses what comes later', async t => {
  const first = deferred<void>();
  const held: Answer = async batch => {
    await first.promise;
    return acknowledgeAll(batch, 0);
  };
  const { producer, sent } = await startProducer(t, [held], {
    stopTimeoutMs: 5_000,
  });
  const pending = producer.send([record('p0-1')]);
  await expect.poll(() => sent.length).toBe(1);
  const stopped = producer.stop();
  await expect(producer.send([record('p0-2')])).rejects.toMatchObject({
    code: kafkaClientCodes.stopped,
  });
  first.resolve();
  await pending;
  await stopped;
  expect(producer.state()).toEqual({ ok: false, detail: 'stopped' });
});

test('stop ends a send that never gets an answer', async t => {
  const { producer, sent, destroyed } = await startProducer(t, [
    () => new Promise(() => {}),
  ]);
  const pending = producer.send([record('p0-1')]);
  pending.catch(() => {});
  await expect.poll(() => sent.length).toBe(1);
  await producer.stop();
  await expect(pending).rejects.toMatchObject({
    code: kafkaClientCodes.stopped,
  });
  expect(destroyed).toEqual([0]);
});

test('tells that its connection is gone, connects again by itself, tells that too', async t => {
  const { producer, loseConnection } = await startProducer(t, []);
  expect(producer.state()).toEqual({ ok: true });
  loseConnection(0);
  expect(producer.state()).toEqual({
    ok: false,
    detail: 'no connection to b:1',
  });
  await expect.poll(() => producer.state()).toEqual({ ok: true });
});

test('tells that an acknowledgement is overdue', async t => {
  let nowMs = 0;
  const { producer, sent } = await startProducer(
    t,
    [() => new Promise(() => {})],
    { now: () => nowMs },
  );
  producer.send([record('p0-1')]).catch(() => {});
  await expect.poll(() => sent.length).toBe(1);
  expect(producer.state().ok).toBe(true);
  nowMs = 12_000;
  expect(producer.state()).toEqual({
    ok: false,
    detail: 'no acknowledgement for 12 s',
  });
});
