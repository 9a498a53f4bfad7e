import { expect, test, vi } from 'vitest';
import { KafkaError } from '../connection/errors.ts';
import type { RecordBatch } from '../types.ts';
import {
  beyondDouble,
  eachBatchOf,
  fakePayload,
  mendable,
  rebalance,
} from '../../test/each-batch-fixtures.ts';
import { offsetAfter } from './each-batch.ts';

test('records carry their bytes, timestamp and the last value of each header', async () => {
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

test('a commit stores the next offset exactly, even beyond the safe integers', async () => {
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

test('reading continues after a successful batch, without an implicit commit', async () => {
  const payload = fakePayload();
  await eachBatchOf(async () => {}).eachBatch(payload);
  expect(payload.resolveOffset).toHaveBeenCalledExactlyOnceWith(beyondDouble);
  expect(payload.commitOffsetsIfNecessary).not.toHaveBeenCalled();
});

test('a retryable handler failure makes kafkajs redeliver the batch', async () => {
  const payload = fakePayload();
  const { eachBatch, fatal, seeks } = eachBatchOf(async () => {
    throw mendable();
  });
  await expect(eachBatch(payload)).rejects.toMatchObject({ retriable: true });
  expect(seeks).toEqual(['9007199254740992']);
  expect(fatal).toEqual([]);
});

test('any other handler failure ends the consumer', async () => {
  const broken = new TypeError('x is not a function');
  const { eachBatch, fatal } = eachBatchOf(async () => {
    throw broken;
  });
  const failure: unknown = await eachBatch(fakePayload()).catch(error => error);
  expect(failure).toMatchObject({ retriable: false });
  // A retriable cause would make kafkajs restart.
  expect(failure).not.toHaveProperty('cause');
  expect(fatal).toEqual([broken]);
});

test('a rebalance makes the batch stale and reaches kafkajs as its own error', async () => {
  const original = rebalance();
  const payload = fakePayload({ heartbeat: () => Promise.reject(original) });
  let stale: boolean | undefined;
  const { eachBatch, seeks } = eachBatchOf(async batch => {
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
  // The group decides where reading resumes.
  expect(seeks).toEqual([]);
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

test('heartbeats continue while a handler runs and stop with it', async t => {
  vi.useFakeTimers();
  t.onTestFinished(() => void vi.useRealTimers());
  const heartbeat = vi.fn(async () => {});
  const work = Promise.withResolvers<void>();
  const { eachBatch } = eachBatchOf(() => work.promise, {
    heartbeatIntervalMs: 1_000,
  });
  const ended = eachBatch(fakePayload({ heartbeat }));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(heartbeat).toHaveBeenCalledTimes(3);
  work.resolve();
  await ended;
  await vi.advanceTimersByTimeAsync(3_000);
  expect(heartbeat).toHaveBeenCalledTimes(3);
});
