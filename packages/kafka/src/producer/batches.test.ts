import { expect, test } from 'vitest';
import { batchesOf } from './batches.ts';

const record = (bytes: number) => ({
  topic: 't',
  key: null,
  value: Buffer.alloc(bytes),
});
const sizes = (batches: { value: Buffer }[][]) =>
  batches.map(batch => batch.map(({ value }) => value.length));

test('records are split by bytes and by count, in order, a large one alone', () => {
  const records = [40, 60, 1, 500, 2, 3].map(record);
  expect(sizes(batchesOf(records, { maxBytes: 100 }))).toEqual([
    [40, 60],
    [1],
    [500],
    [2, 3],
  ]);
  expect(sizes(batchesOf(records, { maxRecords: 4 }))).toEqual([
    [40, 60, 1, 500],
    [2, 3],
  ]);
  expect(batchesOf([])).toEqual([]);
});

test('keys and headers count', () => {
  const heavy = { ...record(1), key: 'kk', headers: { name: 'text' } };
  expect(batchesOf([heavy, heavy], { maxBytes: 21 })).toHaveLength(2);
  expect(batchesOf([heavy, heavy], { maxBytes: 22 })).toHaveLength(1);
});
