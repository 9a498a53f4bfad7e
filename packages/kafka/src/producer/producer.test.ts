import { KafkaJSConnectionError, KafkaJSProtocolError } from '@homelab/kafkajs';
import { expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import { kafkaClientCodes } from '../connection/errors.ts';
import { createProducer } from './producer.ts';
import type { ProducerLink } from './producer-connection.ts';
import type { OutgoingRecord, ProducerOptions } from '../types.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** How a fake broker answers one request. */
type Answer = () => Promise<void>;

interface Sent {
  readonly link: number;
  readonly values: readonly string[];
}

const acknowledgeAll: Answer = async () => {};

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
        async send(records) {
          sent.push({
            link,
            values: records.map(({ value }) => String(value)),
          });
          const answer = answers.shift() ?? acknowledgeAll;
          return answer();
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

function record(value: string): OutgoingRecord {
  return { topic: 't', key: 'k', value };
}

function protocolError(type: string, retriable: boolean) {
  return new KafkaJSProtocolError(
    Object.assign(new Error(type), { type, code: 1, retriable }),
  );
}

test.for([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
])('after %s a new producer may send the same records', async (type, t) => {
  const { producer, sent, destroyed } = await startProducer(t, [
    () => Promise.reject(protocolError(type, false)),
  ]);
  await expect(producer.send([record('a')])).rejects.toMatchObject({
    code: type,
    retryable: true,
  });
  await producer.send([record('a')]);
  expect(sent).toEqual([
    { link: 0, values: ['a'] },
    { link: 1, values: ['a'] },
  ]);
  expect(destroyed).toEqual([0]);
});

test('a producer whose send failed is never used again, whatever the failure', async t => {
  const { producer, sent } = await startProducer(t, [
    () => Promise.reject(protocolError('MESSAGE_TOO_LARGE', false)),
  ]);
  await expect(producer.send([record('huge')])).rejects.toMatchObject({
    code: 'MESSAGE_TOO_LARGE',
    retryable: false,
  });
  await producer.send([record('small')]);
  expect(sent).toEqual([
    { link: 0, values: ['huge'] },
    { link: 1, values: ['small'] },
  ]);
});

test('a lost connection rejects the send as retryable, and the next one connects anew', async t => {
  const cut: Answer = () =>
    Promise.reject(new KafkaJSConnectionError('closed'));
  const { producer, sent } = await startProducer(t, [cut]);
  await expect(producer.send([record('a')])).rejects.toMatchObject({
    code: kafkaClientCodes.connectionFailed,
    retryable: true,
  });
  await producer.send([record('a')]);
  expect(sent.map(({ link }) => link)).toEqual([0, 1]);
});

test('serves sends one at a time, in order', async t => {
  const first = Promise.withResolvers<void>();
  const held: Answer = () => first.promise;
  const { producer, sent } = await startProducer(t, [held]);
  const sends = [producer.send([record('1')]), producer.send([record('2')])];
  await expect.poll(() => sent.length).toBe(1);
  first.resolve();
  await Promise.all(sends);
  expect(sent.map(({ values }) => values)).toEqual([['1'], ['2']]);
});

test('refuses records beyond the pending limit', async t => {
  const first = Promise.withResolvers<void>();
  const held: Answer = () => first.promise;
  const { producer } = await startProducer(t, [held], { maxPendingRecords: 2 });
  const pending = producer.send([record('1'), record('2')]);
  await expect(producer.send([record('3')])).rejects.toMatchObject({
    code: kafkaClientCodes.queueFull,
    retryable: true,
  });
  first.resolve();
  await pending;
  await producer.send([record('3')]);
});

test('stop waits for what is pending and refuses what comes later', async t => {
  const first = Promise.withResolvers<void>();
  const held: Answer = () => first.promise;
  const { producer, sent } = await startProducer(t, [held], {
    stopTimeoutMs: 5_000,
  });
  const pending = producer.send([record('1')]);
  await expect.poll(() => sent.length).toBe(1);
  const stopped = producer.stop();
  await expect(producer.send([record('2')])).rejects.toMatchObject({
    code: kafkaClientCodes.stopped,
  });
  first.resolve();
  await pending;
  await stopped;
  expect(producer.state()).toEqual({ ok: false, detail: 'stopped' });
});

test('stop ends a send that never gets a response', async t => {
  const { producer, sent, destroyed } = await startProducer(t, [
    () => new Promise(() => {}),
  ]);
  const pending = producer.send([record('1')]);
  pending.catch(() => {});
  await expect.poll(() => sent.length).toBe(1);
  await producer.stop();
  await expect(pending).rejects.toMatchObject({
    code: kafkaClientCodes.stopped,
  });
  expect(destroyed).toEqual([0]);
});

test('reports a lost connection, reconnects by itself and reports that too', async t => {
  const { producer, loseConnection } = await startProducer(t, []);
  expect(producer.state()).toEqual({ ok: true });
  loseConnection(0);
  expect(producer.state()).toEqual({
    ok: false,
    detail: 'no connection to b:1',
  });
  await expect.poll(() => producer.state()).toEqual({ ok: true });
});

test('reports an overdue acknowledgement', async t => {
  let nowMs = 0;
  const { producer, sent } = await startProducer(
    t,
    [() => new Promise(() => {})],
    { now: () => nowMs },
  );
  producer.send([record('1')]).catch(() => {});
  await expect.poll(() => sent.length).toBe(1);
  expect(producer.state().ok).toBe(true);
  nowMs = 12_000;
  expect(producer.state()).toEqual({
    ok: false,
    detail: 'no acknowledgement for 12 s',
  });
});
