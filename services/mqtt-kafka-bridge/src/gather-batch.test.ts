import type { OutgoingRecord } from '@homelab/kafka';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBatcher } from './gather-batch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const record = (key: string, bytes = 10): OutgoingRecord => ({
  topic: 'homelab.energy',
  key,
  value: 'x'.repeat(bytes),
});

function setUp(
  limits: { maxBatchRecords?: number; maxBatchBytes?: number } = {},
) {
  let ready = 0;
  const batcher = createBatcher({
    limits: {
      maxBatchRecords: 3,
      maxBatchBytes: 10_000,
      lingerMs: 5,
      ...limits,
    },
    onReady: () => {
      ready += 1;
    },
  });
  const take = () => batcher.takeReady()?.records.map(({ key }) => key);
  return { batcher, take, readyCount: () => ready };
}

test('a batch is ready when its first record has waited long enough', () => {
  const { batcher, take, readyCount } = setUp();
  batcher.add(1, [record('a')]);
  vi.advanceTimersByTime(4);
  batcher.add(2, [record('b')]);
  expect(readyCount()).toBe(0);
  expect(take()).toBeUndefined();
  vi.advanceTimersByTime(1);
  expect(readyCount()).toBe(1);
  expect(take()).toEqual(['a', 'b']);
  expect(take()).toBeUndefined();
});

test('a full batch is ready at once, and the next begins', () => {
  const { batcher, take, readyCount } = setUp();
  for (const key of ['a', 'b', 'c', 'd']) batcher.add(1, [record(key)]);
  expect(readyCount()).toBe(1);
  expect(take()).toEqual(['a', 'b', 'c']);
  vi.advanceTimersByTime(5);
  expect(take()).toEqual(['d']);
});

test('a batch stays below the limit of bytes; a larger record goes alone', () => {
  const { batcher, take } = setUp({ maxBatchBytes: 1000 });
  batcher.add(1, [record('a', 500)]);
  batcher.add(2, [record('b', 500)]);
  batcher.add(3, [record('c', 5000)]);
  batcher.add(4, [record('d')]);
  vi.advanceTimersByTime(5);
  expect([take(), take(), take(), take()]).toEqual([
    ['a'],
    ['b'],
    ['c'],
    ['d'],
  ]);
});

test('the records of one message stay in one batch', () => {
  const { batcher, take } = setUp();
  batcher.add(1, [record('a'), record('b')]);
  batcher.add(2, [record('c'), record('d')]);
  vi.advanceTimersByTime(5);
  expect([take(), take()]).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
});

test('flush makes everything ready now', () => {
  const { batcher, take } = setUp();
  batcher.add(1, [record('a')]);
  batcher.flush();
  expect(take()).toEqual(['a']);
});

test('a batch that is ready grows until it is taken', () => {
  const { batcher, take } = setUp();
  batcher.add(1, [record('a')]);
  vi.advanceTimersByTime(5);
  batcher.add(2, [record('b')]);
  expect(batcher.hasReady()).toBe(true);
  expect(take()).toEqual(['a', 'b']);
  batcher.add(3, [record('c')]);
  expect(batcher.hasReady()).toBe(false);
  expect(take()).toBeUndefined();
});
