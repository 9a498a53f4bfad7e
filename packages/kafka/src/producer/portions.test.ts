import { expect, test } from 'vitest';
import { portionsOf } from './portions.ts';

const record = (bytes: number) => ({
  topic: 't',
  key: null,
  value: Buffer.alloc(bytes),
});
const sizes = (portions: { value: Buffer }[][]) =>
  portions.map(portion => portion.map(({ value }) => value.length));

test('records are split by bytes and by count, in order, a large one alone', () => {
  const records = [40, 60, 1, 500, 2, 3].map(record);
  expect(sizes(portionsOf(records, { maxBytes: 100 }))).toEqual([
    [40, 60],
    [1],
    [500],
    [2, 3],
  ]);
  expect(sizes(portionsOf(records, { maxRecords: 4 }))).toEqual([
    [40, 60, 1, 500],
    [2, 3],
  ]);
  expect(portionsOf([])).toEqual([]);
});

test('keys and headers count', () => {
  const heavy = { ...record(1), key: 'kk', headers: { name: 'text' } };
  expect(portionsOf([heavy, heavy], { maxBytes: 21 })).toHaveLength(2);
  expect(portionsOf([heavy, heavy], { maxBytes: 22 })).toHaveLength(1);
});
