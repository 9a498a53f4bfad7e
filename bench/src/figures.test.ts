import { expect, test } from 'vitest';
import {
  formatFigures,
  isMet,
  median,
  percentile,
  ratioOf,
} from './figures.ts';

test('the median is the middle, or the mean of the two in the middle', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 9])).toBe(3);
});

test('a percentile is one of the values', () => {
  const values = Array.from({ length: 200 }, (_, index) => index + 1);
  expect(percentile(values, 0.99)).toBe(198);
  expect(percentile([7], 0.5)).toBe(7);
});

test('a ratio compares values of the same round', () => {
  const ratio = ratioOf(
    'ours / theirs',
    { rounds: [10, 30] },
    { rounds: [5, 10] },
  );
  expect(ratio.rounds).toEqual([2, 3]);
});

test('a goal is compared with the median', () => {
  const figure = { name: 'rate', unit: 'msg/s', rounds: [1, 10, 20] };
  expect(isMet({ ...figure, goal: { atLeast: 10 } })).toBe(true);
  expect(isMet({ ...figure, goal: { atMost: 9 } })).toBe(false);
});

test('the table names median, spread and goal', () => {
  const text = formatFigures([
    { name: 'live', unit: 'msg/s', rounds: [19_876.2, 21_000, 20_000] },
    { name: 'p99', unit: 'ms', rounds: [25.04], goal: { atMost: 20 } },
  ]);
  expect(text.split('\n')).toEqual([
    '           median  lowest .. highest  goal',
    'live  20000 msg/s     19876 .. 21000',
    'p99         25 ms                     <= 20  MISSED',
  ]);
});
