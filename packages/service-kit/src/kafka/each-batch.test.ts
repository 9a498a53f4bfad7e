import { KafkaJSProtocolError } from 'kafkajs';
import type { Batch, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { expect, test, vi } from 'vitest';
import { createEachBatch, offsetAfter } from './each-batch.ts';
import { KafkaError } from './errors.ts';
import type { BatchHandler, RecordBatch } from './types.ts';
import { deferred } from './waiting.ts';

const beyondDouble = '9007199254740993';

function message(offset: string): KafkaMessage {
  return {
    offset,
    key: Buffer.from('key'),
    value: Buffer.from([0, 255]),
    timestamp: '1700000000000',
    attributes: 0,
    headers: {
      one: Buffer.from([1]),
      many: [Buffer.from('a'), Buffer.from('b')],
    },
  };
}

function rebalance() {
  return new KafkaJSProtocolError(
    Object.assign(new Error('rebalancing'), { type: 'REBALANCE_IN_PROGRESS' }),
  );
}

function fakePayload(overrides: Partial<EachBatchPayload> = {}) {
  const messages = [message('9007199254740992'), message(beyondDouble)];
  const batch: Batch = {
    topic: 't',
    partition: 3,
    highWatermark: '9007199254740999',
    messages,
    isEmpty: () => false,
    firstOffset: () => messages[0]?.offset ?? null,
    lastOffset: () => beyondDouble,
    offsetLag: () => '0',
    offsetLagLow: () => '0',
  };
  const payload = {
    batch,
    resolveOffset: vi.fn(),
    heartbeat: vi.fn(async () => {}),
    pause: () => () => {},
    commitOffsetsIfNecessary: vi.fn(async () => {}),
    uncommittedOffsets: () => ({ topics: [] }),
    isRunning: () => true,
    isStale: () => false,
    ...overrides,
  };
  return payload;
}

function eachBatchOf(onBatch: BatchHandler, heartbeatIntervalMs = 60_000) {
  const fatal: unknown[] = [];
  let generation = 1;
  const eachBatch = createEachBatch({
    onBatch,
    heartbeatIntervalMs,
    isStopping: () => false,
    generation: () => generation,
    onFatal: error => void fatal.push(error),
  });
  return { eachBatch, fatal, nextGeneration: () => void (generation += 1) };
}

test('records come with bytes, the time and the last value of each header', async () => {
  let seen: RecordBatch | undefined;
  const { eachBatch } = eachBatchOf(async batch => {
    seen = batch;
  });
  await eachBatch(fakePayload());
  expect(seen).toMatchObject({
    topic: 't',
    partition: 3,
    highWatermark: '9007199254740999',
  });
  expect(seen?.records[1]).toEqual({
    offset: beyondDouble,
    timestampMs: 1_700_000_000_000,
    key: Buffer.from('key'),
    value: Buffer.from([0, 255]),
    headers: { one: Buffer.from([1]), many: Buffer.from('b') },
  });
});

test('a commit stores the next offset exactly, beyond what a number can hold', async () => {
  const payload = fakePayload();
  const { eachBatch } = eachBatchOf(batch => batch.commit());
  await eachBatch(payload);
  expect(payload.commitOffsetsIfNecessary).toHaveBeenCalledWith({
    topics: [
      {
        topic: 't',
        partitions: [{ partition: 3, offset: '9007199254740994' }],
      },
    ],
  });
  expect(offsetAfter('9223372036854775806')).toBe('9223372036854775807');
});

test('a commit may cover only the first records', async () => {
  const payload = fakePayload();
  const { eachBatch } = eachBatchOf(batch =>
    batch.commit(batch.records[0]?.offset),
  );
  await eachBatch(payload);
  expect(payload.commitOffsetsIfNecessary).toHaveBeenCalledWith({
    topics: [
      { topic: 't', partitions: [{ partition: 3, offset: beyondDouble }] },
    ],
  });
});

test('reading goes on behind the batch after success, and commits nothing by itself', async () => {
  const payload = fakePayload();
  await eachBatchOf(async () => {}).eachBatch(payload);
  expect(payload.resolveOffset).toHaveBeenCalledExactlyOnceWith(beyondDouble);
  expect(payload.commitOffsetsIfNecessary).not.toHaveBeenCalled();
});

test('a retryable failure of the handler lets kafkajs repeat the batch', async () => {
  const payload = fakePayload();
  const { eachBatch, fatal } = eachBatchOf(async () => {
    throw Object.assign(new Error('database away'), { retryable: true });
  });
  await expect(eachBatch(payload)).rejects.toMatchObject({ retriable: true });
  expect(payload.resolveOffset).not.toHaveBeenCalled();
  expect(fatal).toEqual([]);
});

test('any other failure of the handler ends the consumer', async () => {
  const broken = new TypeError('x is not a function');
  const { eachBatch, fatal } = eachBatchOf(async () => {
    throw broken;
  });
  const failure: unknown = await eachBatch(fakePayload()).catch(error => error);
  expect(failure).toMatchObject({ retriable: false });
  // A cause that may be repeated would make kafkajs restart.
  expect(failure).not.toHaveProperty('cause');
  expect(fatal).toEqual([broken]);
});

test('a rebalance makes the batch stale and reaches kafkajs as its own error', async () => {
  const original = rebalance();
  const payload = fakePayload({ heartbeat: () => Promise.reject(original) });
  let stale: boolean | undefined;
  const { eachBatch } = eachBatchOf(async batch => {
    try {
      await batch.heartbeat();
    } catch (error) {
      expect(error).toBeInstanceOf(KafkaError);
      expect(error).toMatchObject({
        code: 'REBALANCE_IN_PROGRESS',
        retryable: true,
      });
      stale = batch.isStale();
      throw error;
    }
  });
  await expect(eachBatch(payload)).rejects.toBe(original);
  expect(stale).toBe(true);
});

test('a batch of an earlier generation is stale', async () => {
  const seen: boolean[] = [];
  const { eachBatch, nextGeneration } = eachBatchOf(async batch => {
    seen.push(batch.isStale());
    nextGeneration();
    seen.push(batch.isStale());
  });
  await eachBatch(fakePayload());
  expect(seen).toEqual([false, true]);
});

test('heartbeats go on while a handler works, and end with it', async t => {
  vi.useFakeTimers();
  t.onTestFinished(() => void vi.useRealTimers());
  const heartbeat = vi.fn(async () => {});
  const work = deferred<void>();
  const { eachBatch } = eachBatchOf(() => work.promise, 1_000);
  const ended = eachBatch(fakePayload({ heartbeat }));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(heartbeat).toHaveBeenCalledTimes(3);
  work.resolve();
  await ended;
  await vi.advanceTimersByTimeAsync(3_000);
  expect(heartbeat).toHaveBeenCalledTimes(3);
});
