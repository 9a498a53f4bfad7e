import { KafkaJSProtocolError } from 'kafkajs';
import type { Batch, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { expect, test, vi } from 'vitest';
import { createEachBatch, offsetAfter } from './each-batch.ts';
import { KafkaError } from '../connection/errors.ts';
import type { BatchHandler, RecordBatch } from '../types.ts';

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

function fakePayload(
  overrides: Partial<EachBatchPayload> = {},
  offsets = ['9007199254740992', beyondDouble],
) {
  const messages = offsets.map(message);
  const batch: Batch = {
    topic: 't',
    partition: 3,
    highWatermark: '9007199254740999',
    messages,
    isEmpty: () => false,
    firstOffset: () => messages[0]?.offset ?? null,
    lastOffset: () => messages.at(-1)?.offset ?? '-1',
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

function eachBatchOf(
  onBatch: BatchHandler,
  options: { heartbeatIntervalMs?: number; readAhead?: number } = {},
) {
  const fatal: unknown[] = [];
  const seeks: string[] = [];
  let generation = 1;
  let running = 0;
  let stopping = false;
  const eachBatch = createEachBatch({
    ...{ onBatch, heartbeatIntervalMs: 60_000, readAhead: 0 },
    ...options,
    isStopping: () => stopping,
    generation: () => generation,
    seek: ({ offset }) => void seeks.push(offset),
    onStart: () => void (running += 1),
    onEnd: () => void (running -= 1),
    onFatal: error => void fatal.push(error),
  });
  return {
    ...{ eachBatch, fatal, seeks },
    nextGeneration: () => void (generation += 1),
    stop: () => void (stopping = true),
    running: () => running,
  };
}

/** Batches of one record each; the test decides how their handlers end. */
function readAheadOf(readAhead = 1) {
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const batches = new Map<string, RecordBatch>();
  const of = eachBatchOf(
    batch => {
      const end = Promise.withResolvers<void>();
      const offset = batch.records[0]?.offset ?? '';
      ends.set(offset, end);
      batches.set(offset, batch);
      return end.promise.then(() => batch.commit());
    },
    { readAhead },
  );
  const committed: string[] = [];
  return {
    ...of,
    committed,
    read: (offset: string) =>
      of.eachBatch(
        fakePayload(
          {
            async commitOffsetsIfNecessary(offsets) {
              const [partition] = offsets?.topics[0]?.partitions ?? [];
              committed.push(partition?.offset ?? '');
            },
          },
          [offset],
        ),
      ),
    begun: () => [...ends.keys()],
    isStale: (offset: string) => batches.get(offset)?.isStale(),
    succeed: (offset: string) => ends.get(offset)?.resolve(),
    fail: (offset: string) => ends.get(offset)?.reject(mendable()),
  };
}

function mendable() {
  return Object.assign(new Error('database away'), { retryable: true });
}

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

test('batches are read ahead while one is handled, up to the limit', async () => {
  const { read, begun, succeed } = readAheadOf(1);
  await read('1');
  const second = read('2');
  expect(begun()).toEqual(['1', '2']);
  const third = second.then(() => read('3'));
  await new Promise(setImmediate);
  expect(begun()).toEqual(['1', '2']);
  succeed('1');
  await second;
  await new Promise(setImmediate);
  expect(begun()).toEqual(['1', '2', '3']);
  succeed('2');
  await third;
});

test('commits keep the order of the records', async () => {
  const { read, succeed, committed, running } = readAheadOf(1);
  await read('1');
  const second = read('2');
  succeed('2');
  await new Promise(setImmediate);
  expect(committed).toEqual([]);
  succeed('1');
  await second;
  await vi.waitFor(() => expect(running()).toBe(0));
  expect(committed).toEqual(['2', '3']);
});

test('after a failure nothing later is committed, and reading resumes there', async () => {
  const { read, succeed, fail, isStale, seeks, committed, running } =
    readAheadOf(1);
  await read('1');
  const second = read('2');
  fail('1');
  await expect(second).rejects.toMatchObject({ retriable: true });
  expect(isStale('2')).toBe(true);
  succeed('2');
  await vi.waitFor(() => expect(running()).toBe(0));
  expect({ seeks, committed }).toEqual({ seeks: ['1'], committed: [] });
});

test('a batch that fails waits for the one before it, which is committed', async () => {
  const { read, succeed, fail, seeks, committed } = readAheadOf(1);
  await read('1');
  const second = read('2');
  fail('2');
  await new Promise(setImmediate);
  expect(seeks).toEqual([]);
  succeed('1');
  await second;
  await vi.waitFor(() => expect(seeks).toEqual(['2']));
  expect(committed).toEqual(['2']);
  await expect(read('2')).rejects.toMatchObject({ retriable: true });
});

test('when two batches fail, reading resumes at the earlier one, whichever fails first', async () => {
  for (const order of [
    ['1', '2'],
    ['2', '1'],
  ]) {
    const { read, fail, seeks, running } = readAheadOf(1);
    await read('1');
    const second = read('2').catch(() => {});
    for (const offset of order) fail(offset);
    await second;
    await vi.waitFor(() => expect(running()).toBe(0));
    expect(seeks).toEqual(['1']);
  }
});

test('a failure after a rebalance does not seek', async () => {
  const { read, fail, nextGeneration, seeks, running } = readAheadOf(1);
  await read('1');
  nextGeneration();
  fail('1');
  await vi.waitFor(() => expect(running()).toBe(0));
  await read('7');
  expect(seeks).toEqual([]);
});

test('a failure from before a rebalance is not reported after it', async () => {
  const { read, fail, succeed, nextGeneration, running } = readAheadOf(1);
  await read('1');
  fail('1');
  await vi.waitFor(() => expect(running()).toBe(0));
  nextGeneration();
  await read('1');
  succeed('1');
  await vi.waitFor(() => expect(running()).toBe(0));
});

test('a failure while stopping does not seek', async () => {
  const { read, fail, stop, seeks, running } = readAheadOf(1);
  await read('1');
  stop();
  fail('1');
  await vi.waitFor(() => expect(running()).toBe(0));
  expect(seeks).toEqual([]);
});

test('while stopping, no batch is started and running ones are awaited', async () => {
  const { read, begun, succeed, stop, committed } = readAheadOf(1);
  await read('1');
  stop();
  const second = read('2');
  succeed('1');
  await second;
  expect(begun()).toEqual(['1']);
  expect(committed).toEqual(['2']);
});
