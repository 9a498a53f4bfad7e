import { seededRandom } from '@homelab/test-kit';
import { readingTables } from '@homelab/timescale-schema';
import { DatabaseError } from 'pg';
import { expect, test, vi } from 'vitest';
import type { Row } from './row.ts';
import { createRowStore, StoreAbandoned } from './store-rows.ts';

const row = (deviceId: string): Row => ({
  deviceId,
  measuredMs: 0,
  receivedMs: null,
  offset: null,
  ...{ bytes: Buffer.alloc(0), from: 0, to: 0 },
});

function databaseError(code: string) {
  const error = new DatabaseError(`failed with ${code}`, 0, 'error');
  error.code = code;
  return error;
}

/** A table in memory whose `write` the test can make fail. */
function createStore(
  beforeWrite: (rows: readonly Row[], call: number) => void,
) {
  const table = new Set<string>();
  const writes: string[][] = [];
  const stopping = new AbortController();
  const onRetry = vi.fn<(reason: string, error: unknown) => void>();
  const onWritten =
    vi.fn<(rows: readonly Row[], counts: { written: number }) => void>();
  // The clock advances a minute per reading, so that patience ends without waiting.
  let nowMs = 0;
  const store = createRowStore<Row>({
    table: readingTables.energy,
    now: () => new Date((nowMs += 60_000)),
    signal: stopping.signal,
    onRetry,
    onWritten,
    minWaitMs: 1,
    writer: {
      async write(_table, rows) {
        writes.push(rows.map(({ deviceId }) => deviceId));
        beforeWrite(rows, writes.length);
        const before = table.size;
        for (const { deviceId } of rows) table.add(deviceId);
        const written = table.size - before;
        return { written, duplicates: rows.length - written, merged: 0 };
      },
    },
  });
  return { store, table, writes, stopping, onRetry, onWritten };
}

const wanted = () => true;

test('rows are written sorted, in one statement', async () => {
  const { store, writes } = createStore(() => {});
  expect(await store.store([row('c'), row('a'), row('b')], wanted)).toEqual([]);
  expect(writes).toEqual([['a', 'b', 'c']]);
});

test('bad rows are isolated wherever they are, and all others are stored (seed 11)', async () => {
  const random = seededRandom(11);
  for (let round = 0; round < 50; round += 1) {
    const names = Array.from(
      { length: random.integer(1, 40) },
      (_, n) => `row-${n}`,
    );
    const bad = new Set(names.filter(() => random.next() < 0.15));
    const { store, table } = createStore(rows => {
      if (rows.some(({ deviceId }) => bad.has(deviceId)))
        throw databaseError('22021');
    });
    const rejected = await store.store(names.map(row), wanted);
    expect(new Set(rejected.map(one => one.row.deviceId))).toEqual(bad);
    expect(table).toEqual(new Set(names.filter(name => !bad.has(name))));
  }
});

test('a rejected row says how often and when it was refused', async () => {
  const { store } = createStore(rows => {
    if (rows.some(({ deviceId }) => deviceId === 'bad'))
      throw databaseError('22003');
  });
  const [rejected] = await store.store(
    [row('a'), row('bad'), row('c'), row('d')],
    wanted,
  );
  expect(rejected).toMatchObject({
    attempts: 3,
    message: 'failed with 22003 (SQLSTATE 22003)',
  });
  expect(rejected?.firstFailedAt.getTime()).toBeLessThanOrEqual(
    rejected?.lastFailedAt.getTime() ?? 0,
  );
});

test.each(['57014', '53400', '54000', 'XX000'])(
  'a batch that exceeds the limit of SQLSTATE %s is halved until it fits',
  async code => {
    const { store, table, onRetry } = createStore(rows => {
      if (rows.length > 3) throw databaseError(code);
    });
    const names = Array.from({ length: 20 }, (_, n) => `row-${n}`);
    expect(await store.store(names.map(row), wanted)).toEqual([]);
    expect(table).toEqual(new Set(names));
    expect(new Set(onRetry.mock.calls.map(([reason]) => reason))).toEqual(
      new Set(['statement']),
    );
    expect(store.stalledBecause()).toBeUndefined();
  },
);

test('a row whose statement always fails is given up and costs no other row', async () => {
  const { store, table } = createStore(rows => {
    if (rows.some(({ deviceId }) => deviceId === 'b'))
      throw databaseError('53400');
  });
  const rejected = await store.store(['a', 'b', 'c'].map(row), wanted);
  expect(rejected).toMatchObject([
    { row: { deviceId: 'b' }, message: 'failed with 53400 (SQLSTATE 53400)' },
  ]);
  expect(rejected[0]?.attempts).toBeGreaterThanOrEqual(5);
  expect(table).toEqual(new Set(['a', 'c']));
});

test('while the table accepts no writes at all, no row is given up', async () => {
  let isLocked = true;
  const { store, table, writes } = createStore((_rows, call) => {
    if (call > 14) isLocked = false;
    if (isLocked) throw databaseError('57014');
  });
  expect(await store.store([row('a'), row('b')], wanted)).toEqual([]);
  expect(table).toEqual(new Set(['a', 'b']));
  expect(writes.length).toBeGreaterThan(14);
});

test.each([
  ['57P01', 'outage'],
  ['53100', 'outage'],
  ['42P01', 'schema'],
  ['40P01', 'contention'],
])('SQLSTATE %s is retried and costs no row', async (code, reason) => {
  const { store, table, onRetry } = createStore((_rows, call) => {
    if (call <= 4) throw databaseError(code);
  });
  expect(await store.store([row('a'), row('b')], wanted)).toEqual([]);
  expect(table).toEqual(new Set(['a', 'b']));
  expect(onRetry.mock.calls.map(([given]) => given)).toEqual(
    Array(4).fill(reason),
  );
});

test('a write whose commit response was lost is repeated', async () => {
  const table = new Set<string>();
  let calls = 0;
  const counts: unknown[] = [];
  const store = createRowStore<Row>({
    table: readingTables.energy,
    signal: new AbortController().signal,
    onRetry: () => {},
    onWritten: (_rows, given) => void counts.push(given),
    minWaitMs: 1,
    writer: {
      async write(_table, rows) {
        const before = table.size;
        for (const { deviceId } of rows) table.add(deviceId);
        calls += 1;
        if (calls === 1) throw new Error('Connection terminated unexpectedly');
        const written = table.size - before;
        return { written, duplicates: rows.length - written, merged: 0 };
      },
    },
  });
  expect(await store.store([row('a')], wanted)).toEqual([]);
  expect({ calls, counts }).toEqual({
    calls: 2,
    counts: [{ written: 0, duplicates: 1, merged: 0 }],
  });
});

test('the reason for a stall is reported until a write succeeds', async () => {
  let reason: string | undefined;
  const { store } = createStore((_rows, call) => {
    if (call === 2) reason = store.stalledBecause();
    if (call === 1) throw databaseError('42P01');
  });
  await store.store([row('a')], wanted);
  expect(reason).toContain('run the migrations');
  expect(store.stalledBecause()).toBeUndefined();
});

test('rows that are no longer wanted are abandoned after a failure', async () => {
  const { store, writes } = createStore(() => {
    throw databaseError('57P01');
  });
  await expect(store.store([row('a')], () => false)).rejects.toThrow(
    StoreAbandoned,
  );
  expect(writes).toHaveLength(1);
});

test('stopping ends the wait at once and abandons the rows', async () => {
  const { store, stopping, onRetry } = createStore(() => {
    throw databaseError('57P01');
  });
  const storing = store.store([row('a')], wanted);
  await vi.waitFor(() => expect(onRetry).toHaveBeenCalled());
  stopping.abort();
  await expect(storing).rejects.toMatchObject({
    retryable: true,
    code: 'STORE_ABANDONED',
  });
});
