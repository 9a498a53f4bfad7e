import { createBackoff } from '@homelab/service-kit';
import type {
  ConsumedRecord,
  OutgoingRecord,
  RecordBatch,
} from '@homelab/kafka';
import { eventually } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import { recordOf } from './observed-field.ts';
import { createPartition } from './partition.ts';
import type { PartitionDeps } from './partition.ts';

const topic = 'states';
const intervalMs = 5_000;
const startMs = Date.UTC(2026, 0, 12, 6, 30);

/** A log in memory, and what stands in for Kafka around a partition. */
function createLog(overrides: Partial<PartitionDeps> = {}) {
  const log: ConsumedRecord[] = [];
  const sent: OutgoingRecord[] = [];
  const stopping = new AbortController();
  let committed = 0n;

  function append(atMs: number, value: number): void {
    const receivedAtMs = startMs + atMs;
    const record = recordOf({
      ...{ dialect: 'heishamon', stream: 'heatpump', deviceId: 'pump' },
      ...{ field: 'hours', value, receivedAtMs, lifetimeMs: 900_000 },
    });
    log.push({
      offset: String(log.length),
      timestampMs: receivedAtMs,
      key: Buffer.from(String(record.key)),
      value: Buffer.from(String(record.value)),
      headers: {},
    });
  }

  function open(more: Partial<PartitionDeps> = {}) {
    return createPartition(0, {
      topic,
      limits: { intervalMs, maxBytes: 1_000_000 },
      graceMs: 1_000,
      async read({ from = [], to = [], onRecords }) {
        const [first, end] = [from, to].map(([one]) => Number(one?.offset));
        await onRecords(
          log.slice(first, end).map(one => ({ ...one, topic, partition: 0 })),
        );
      },
      readingOf: ({ atMs, fields }) => ({
        topic: 'readings',
        key: 'pump',
        value: `${atMs - startMs} ${fields.get('hours')}`,
      }),
      async send(records) {
        sent.push(...records);
      },
      backoff: createBackoff({ minMs: 1, maxMs: 1 }),
      stopping: stopping.signal,
      onObserved: () => {},
      onUnreadable: () => {},
      onSent: () => {},
      onFailure: () => {},
      now: () => startMs,
      ...overrides,
      ...more,
    });
  }

  /** A batch of what is in the log from an offset on. */
  function batch(from: bigint, more: Partial<RecordBatch> = {}): RecordBatch {
    return {
      topic,
      partition: 0,
      records: log.slice(Number(from)),
      highWatermark: String(log.length),
      async commit(throughOffset) {
        committed = BigInt(throughOffset ?? log.length - 1) + 1n;
      },
      heartbeat: async () => {},
      isStale: () => false,
      isStopping: () => false,
      ...more,
    };
  }

  return {
    append,
    open,
    batch,
    stop: () => stopping.abort(),
    committed: () => committed,
    readings: () => sent.map(({ value }) => value),
  };
}

test('an observation that is in no reading yet is not committed', async () => {
  const log = createLog();
  log.append(1, 10);
  log.append(5_001, 11);
  log.append(5_002, 12);
  await log.open().onBatch(log.batch(0n));
  expect(log.readings()).toEqual(['5000 10']);
  expect(log.committed()).toBe(1n);
});

test('the clock completes a state that nothing follows, after the grace period', async () => {
  const log = createLog();
  log.append(1, 10);
  let nowMs = startMs + 5_999;
  const partition = log.open({ now: () => nowMs });
  await partition.onBatch(log.batch(0n));
  await partition.tick();
  expect(log.readings()).toEqual([]);
  nowMs += 1;
  await partition.tick();
  expect(log.readings()).toEqual(['5000 10']);
  expect(log.committed()).toBe(1n);
});

test('the clock completes nothing before the end of the log is reached', async () => {
  const log = createLog();
  log.append(1, 10);
  const partition = log.open({ now: () => startMs + 60_000 });
  await partition.onBatch(log.batch(0n, { highWatermark: '2' }));
  await partition.tick();
  expect(log.readings()).toEqual([]);
});

test('a reading that Kafka refuses is retried, and nothing is committed before', async () => {
  let refusals = 3;
  const log = createLog();
  log.append(1, 10);
  log.append(5_001, 11);
  const seen: unknown[] = [];
  const sent: OutgoingRecord[] = [];
  const partition = log.open({
    async send(records) {
      expect(log.committed()).toBe(0n);
      refusals -= 1;
      if (refusals > 0) throw new Error('Kafka is away.');
      expect(partition.failure()).toBe('Kafka is away.');
      sent.push(...records);
    },
    onFailure: error => seen.push(error),
  });
  await partition.onBatch(log.batch(0n));
  expect(sent.map(({ value }) => value)).toEqual(['5000 10']);
  expect(seen).toHaveLength(2);
  expect(partition.failure()).toBeUndefined();
  expect(log.committed()).toBe(1n);
});

test('a new owner reads back processed records, sends none of them again, and continues', async () => {
  const log = createLog();
  log.append(1, 10);
  log.append(5_001, 11);
  await log.open().onBatch(log.batch(0n));
  log.append(10_001, 12);
  await log.open().onBatch(log.batch(log.committed()));
  expect(log.readings()).toEqual(['5000 10', '10000 11']);
});

test('a member that has lost its partition sends and commits nothing', async () => {
  const log = createLog();
  log.append(1, 10);
  log.append(5_001, 11);
  let isStale = false;
  const frozen = log.batch(0n, {
    isStale: () => isStale,
    async heartbeat() {
      isStale = true;
      throw new Error('The group has gone on without this member.');
    },
  });
  await expect(log.open().onBatch(frozen)).rejects.toMatchObject({
    retryable: true,
  });
  expect(log.readings()).toEqual([]);
  expect(log.committed()).toBe(0n);
});

test('records redelivered after a rebalance are taken once', async () => {
  const log = createLog();
  log.append(1, 10);
  const partition = log.open();
  await partition.onBatch(log.batch(0n));
  log.append(5_001, 11);
  await partition.onBatch(log.batch(0n));
  expect(log.readings()).toEqual(['5000 10']);
});

test('a partition that returns skips what another owner did meanwhile', async () => {
  const log = createLog();
  log.append(1, 10);
  const partition = log.open();
  await partition.onBatch(log.batch(0n));
  log.append(5_001, 11);
  log.append(10_001, 12);
  await log.open().onBatch(log.batch(0n));
  expect(log.committed()).toBe(2n);
  log.append(15_001, 13);
  await partition.onBatch(log.batch(log.committed()));
  expect(log.readings()).toEqual(['5000 10', '10000 11', '15000 12']);
});

test('a failed commit is made up for later', async () => {
  const log = createLog();
  log.append(1, 10);
  log.append(5_001, 11);
  const partition = log.open();
  const unlucky = log.batch(0n, {
    commit: () => Promise.reject(new Error('no coordinator')),
  });
  await expect(partition.onBatch(unlucky)).rejects.toThrow();
  expect(partition.failure()).toBe('no coordinator');
  await partition.onBatch(log.batch(0n));
  expect(log.committed()).toBe(1n);
  expect(log.readings()).toEqual(['5000 10']);
  expect(partition.failure()).toBeUndefined();
});

test('a stop ends the wait for Kafka', async () => {
  const log = createLog({
    backoff: createBackoff({ minMs: 1e6, maxMs: 1e6 }),
    send: () => Promise.reject(new Error('Kafka is away.')),
  });
  log.append(1, 10);
  log.append(5_001, 11);
  const partition = log.open();
  const batch = partition.onBatch(log.batch(0n));
  await eventually(() => expect(partition.failure()).toBe('Kafka is away.'));
  log.stop();
  await expect(batch).rejects.toMatchObject({ retryable: true });
  await partition.idle();
});
