import { expect, test } from 'vitest';
import { hourMs, minuteMs } from '../time/units.ts';
import { energyFromPower } from './power-energy.ts';

const edges = [0, hourMs, 2 * hourMs];
const everyMinute = (kwAt: (minute: number) => number | null) =>
  Array.from({ length: 121 }, (_, minute) => ({
    atMs: minute * minuteMs,
    kw: kwAt(minute),
  }));

test('power that rises evenly gives what is under its line', () => {
  const buckets = energyFromPower(
    everyMinute(minute => minute / 60),
    edges,
    'trapezoid',
  );
  expect(buckets[0].amount).toBeCloseTo(0.5);
  expect(buckets[1].amount).toBeCloseTo(1.5);
  expect(buckets.map(({ coverage }) => coverage)).toEqual([1, 1]);
});

test('power that speaks on change holds until the next reading', () => {
  const readings = [
    { atMs: 0, kw: 6 },
    { atMs: 2 * minuteMs, kw: 0 },
    { atMs: 4 * minuteMs, kw: 0 },
  ];
  const [bucket] = energyFromPower(readings, edges, 'hold');
  expect(bucket.amount).toBeCloseTo(0.2);
});

test('nothing is carried over a gap, nor where power is unknown', () => {
  const readings = everyMinute(minute => (minute > 90 ? null : 3)).filter(
    ({ atMs }) => atMs <= 30 * minuteMs || atMs >= 60 * minuteMs,
  );
  const buckets = energyFromPower(readings, edges, 'trapezoid');
  expect(buckets[0].amount).toBeCloseTo(1.5);
  expect(buckets[1].amount).toBeCloseTo(1.5);
  expect(buckets[1].coverage).toBeCloseTo(0.5);
});

test('late and repeated readings change nothing', () => {
  const clean = everyMinute(() => 2);
  const messy = clean.flatMap(reading => [
    reading,
    reading,
    { atMs: reading.atMs - 90_000, kw: 9 },
  ]);
  expect(energyFromPower(messy, edges, 'hold')).toEqual(
    energyFromPower(clean, edges, 'hold'),
  );
});
