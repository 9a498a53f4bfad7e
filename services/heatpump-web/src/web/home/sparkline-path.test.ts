import { expect, test } from 'vitest';
import { sparklinePath } from './sparkline-path.ts';

const range = { fromMs: 0, toMs: 100, minSpan: 2 };

test('draws from the least at the bottom to the greatest at the top', () => {
  const samples = { timeMs: [0, 50, 100], values: [10, 20, 15] };
  expect(sparklinePath(samples, range)).toEqual({
    line: 'M0.00 100.00L50.00 0.00L100.00 50.00',
    area: 'M0.00 100.00L50.00 0.00L100.00 50.00L100.00 100H0.00Z',
    least: 10,
    greatest: 20,
  });
});

test('a curve that hardly moves is flat, in the middle', () => {
  const samples = { timeMs: [0, 100], values: [20, 20] };
  expect(sparklinePath(samples, range)?.line).toBe('M0.00 50.00L100.00 50.00');
});

test('a gap is not drawn over, whether values or times are missing', () => {
  const silent = { timeMs: [0, 10, 20, 80, 90], values: [1, 1, 1, 1, 1] };
  expect(sparklinePath(silent, range)?.line.match(/M/g)).toHaveLength(2);
  const unknown = {
    timeMs: [0, 10, 20, 30, 40, 50, 60, 70],
    values: [1, 1, 1, null, null, null, 1, 1],
  };
  expect(sparklinePath(unknown, range)?.line.match(/M/g)).toHaveLength(2);
});

test('one point is no curve', () => {
  expect(
    sparklinePath({ timeMs: [1, 2], values: [3, null] }, range),
  ).toBeUndefined();
});
