import { KafkaJSProtocolError } from '@homelab/kafkajs';
import type { Batch, EachBatchPayload, KafkaMessage } from '@homelab/kafkajs';
import { vi } from 'vitest';
import { createEachBatch } from '../src/consumer/each-batch.ts';
import type { BatchHandler, RecordBatch } from '../src/types.ts';

export const beyondDouble = '9007199254740993';

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

export function rebalance() {
  return new KafkaJSProtocolError(
    Object.assign(new Error('rebalancing'), { type: 'REBALANCE_IN_PROGRESS' }),
  );
}

export function fakePayload(
  overrides: Partial<EachBatchPayload> = {},
  offsets = ['9007199254740992', beyondDouble],
  partition = 3,
) {
  const messages = offsets.map(message);
  const batch: Batch = {
    topic: 't',
    partition,
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
    resolveOffset: vi.fn<EachBatchPayload['resolveOffset']>(),
    heartbeat: vi.fn<EachBatchPayload['heartbeat']>(async () => {}),
    pause: () => () => {},
    commitOffsetsIfNecessary: vi.fn<
      EachBatchPayload['commitOffsetsIfNecessary']
    >(async () => {}),
    uncommittedOffsets: () => ({ topics: [] }),
    isRunning: () => true,
    isStale: () => false,
    ...overrides,
  };
  return payload;
}

export function eachBatchOf(
  onBatch: BatchHandler,
  options: { heartbeatIntervalMs?: number; readAhead?: number } = {},
) {
  const fatal: unknown[] = [];
  const seeks: string[] = [];
  let generation = 1;
  let running = 0;
  let stopping = false;
  let joining = false;
  const eachBatch = createEachBatch({
    ...{ onBatch, heartbeatIntervalMs: 60_000, readAhead: 0 },
    ...options,
    isStopping: () => stopping,
    generation: () => generation,
    isJoining: () => joining,
    seek: ({ offset }) => void seeks.push(offset),
    onStart: () => void (running += 1),
    onEnd: () => void (running -= 1),
    onFatal: error => void fatal.push(error),
  });
  return {
    ...{ eachBatch, fatal, seeks },
    nextGeneration: () => void (generation += 1),
    join(is: boolean) {
      generation += 1;
      joining = is;
    },
    stop: () => void (stopping = true),
    running: () => running,
  };
}

/** Batches of one record each; the test decides how their handlers end. */
export function readAheadOf(readAhead = 1) {
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
    read: (offset: string, partition?: number) =>
      of.eachBatch(
        fakePayload(
          {
            async commitOffsetsIfNecessary(offsets) {
              const [first] = offsets?.topics[0]?.partitions ?? [];
              committed.push(first?.offset ?? '');
            },
          },
          [offset],
          partition,
        ),
      ),
    begun: () => [...ends.keys()],
    isStale: (offset: string) => batches.get(offset)?.isStale(),
    succeed: (offset: string) => ends.get(offset)?.resolve(),
    fail: (offset: string, error: Error = mendable()) =>
      ends.get(offset)?.reject(error),
  };
}

export function mendable() {
  return Object.assign(new Error('database away'), { retryable: true });
}
