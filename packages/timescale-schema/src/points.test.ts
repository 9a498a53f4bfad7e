import { describe, expect, it } from 'vitest';
import { chooseBucketMs, findGaps, usualIntervalMs } from './points.ts';

const minute = 60_000;
const hour = 60 * minute;

it.each([
  [24 * hour, 600, 3 * minute],
  [6 * hour, 600, minute],
  [7 * 24 * hour, 600, 20 * minute],
  [10 * minute, 600, 2_000],
  [32 * 24 * hour, 10, 4 * 24 * hour],
])(
  'for %d ms and %d points chooses a width of %d ms',
  (range, points, expected) => {
    expect(chooseBucketMs(range, points)).toBe(expected);
  },
);

it('never returns more points than requested, wherever the range starts', () => {
  for (let maxPoints = 2; maxPoints < 50; maxPoints += 1) {
    const range = 24 * hour;
    const bucketMs = chooseBucketMs(range, maxPoints);
    const touched = Math.ceil(range / bucketMs) + 1;
    expect(touched).toBeLessThanOrEqual(maxPoints);
  }
});

const point = (firstMs: number, lastMs: number, readings: number) => ({
  firstMs,
  lastMs,
  readings,
});

it('estimates the interval within points of many readings', () => {
  expect(
    usualIntervalMs([point(0, 50_000, 6), point(60_000, 110_000, 6)]),
  ).toBe(10_000);
});

it('estimates the interval from the distance of points of one reading', () => {
  const points = [0, 600, 1200, 9000, 9600].map(s =>
    point(s * 1000, s * 1000, 1),
  );
  expect(usualIntervalMs(points)).toBe(600_000);
});

describe('gaps', () => {
  const points = [point(0, 55_000, 12), point(300_000, 355_000, 12)];

  it('finds gaps between points and subtracts them from the coverage', () => {
    const { gaps, coverage } = findGaps(
      points,
      { fromMs: 0, toMs: 360_000 },
      60_000,
    );
    expect(gaps).toEqual([
      { from: '1970-01-01T00:00:55.000Z', to: '1970-01-01T00:05:00.000Z' },
    ]);
    expect(coverage).toBeCloseTo(1 - 245 / 360, 5);
  });

  it('counts silence before the first and after the last reading', () => {
    const { gaps } = findGaps(
      points,
      { fromMs: -600_000, toMs: 900_000 },
      60_000,
    );
    expect(gaps).toHaveLength(3);
  });

  it('finds no gaps for a sensor that always reports rarely', () => {
    const seldom = [0, 10, 20, 30].map(m => point(m * minute, m * minute, 1));
    const { gaps, coverage } = findGaps(
      seldom,
      { fromMs: 0, toMs: 31 * minute },
      minute,
    );
    expect(gaps).toEqual([]);
    expect(coverage).toBe(1);
  });

  it('covers all of a range without readings', () => {
    const { gaps, coverage, maxGapMs } = findGaps(
      [],
      { fromMs: 0, toMs: 30_000 },
      minute,
    );
    expect(maxGapMs).toBe(minute);
    expect(gaps).toHaveLength(1);
    expect(coverage).toBe(0);
  });
});
