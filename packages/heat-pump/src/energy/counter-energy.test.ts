import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { counterRules, mostRise } from '../counters/counter-rules.ts';
import type { CounterReading } from '../counters/step-counter.ts';
import {
  lifeArbitrary,
  live,
  rollUp,
  testRules,
} from '../../test/counter-lives.ts';
import type { Life } from '../../test/counter-lives.ts';
import { dayEdges, hourEdges } from '../time/site-days.ts';
import { dayMs, hourMs, minuteMs } from '../time/units.ts';
import {
  createCounterSums,
  risesFromReadings,
  risesFromRollups,
} from './counter-energy.ts';

// A failing life is not shrunk: hundreds of steps would take minutes.
const runs = { numRuns: 60, endOnFailure: true };
const startMs = Date.parse('2026-03-28T20:17:20Z');

/** Counts by looking at every pair of true readings for every bucket. */
function naiveAmounts({ truth }: Life, edgesMs: readonly number[]): number[] {
  return edgesMs.slice(1).map((toMs, bucket) => {
    const fromMs = edgesMs[bucket];
    let amount = 0;
    for (let index = 1; index < truth.length; index += 1) {
      const before = truth[index - 1];
      const after = truth[index];
      const elapsedMs = after.atMs - before.atMs;
      const isKnown = after.value <= mostRise(testRules, elapsedMs);
      const sinceRestart = isKnown ? after.value : 0;
      const rise = after.isRestart ? sinceRestart : after.value - before.value;
      const overlapMs =
        Math.min(after.atMs, toMs) - Math.max(before.atMs, fromMs);
      amount += (rise * Math.max(0, overlapMs)) / elapsedMs;
    }
    return amount;
  });
}

function edgesOf({ truth }: Life): number[] {
  return hourEdges(truth[0].atMs, truth[truth.length - 1].atMs);
}

function expectAmounts(
  buckets: readonly { amount: number | null }[],
  expected: readonly number[],
): void {
  expect(buckets).toHaveLength(expected.length);
  buckets.forEach(({ amount }, index) => {
    expect(amount ?? 0).toBeCloseTo(expected[index], 6);
  });
}

describe('random lives of a counter', () => {
  test('give what a naive reference counts, whatever glitches and repetitions arrive', () => {
    const property = fc.property(lifeArbitrary, steps => {
      const life = live(steps, startMs);
      const edges = edgesOf(life);
      const { buckets, resets } = risesFromReadings(
        life.arrived,
        edges,
        testRules,
      );
      expectAmounts(buckets, naiveAmounts(life, edges));
      const restarts = life.truth.filter(({ isRestart }) => isRestart);
      // The last reset may still wait for a reading that confirms it.
      expect(restarts.length - resets.length).toBeLessThanOrEqual(1);
      expect(resets.map(({ atMs }) => atMs)).toEqual(
        restarts.slice(0, resets.length).map(({ atMs }) => atMs),
      );
    });
    fc.assert(property, runs);
  });

  test('give the same from the rows of a rollup as from the readings', () => {
    const property = fc.property(lifeArbitrary, steps => {
      const life = live(steps, startMs);
      const edges = edgesOf(life);
      const inOrder = [...life.arrived].sort((a, b) => a.atMs - b.atMs);
      const fromReadings = risesFromReadings(inOrder, edges, testRules);
      const fromRollups = risesFromRollups(rollUp(inOrder), edges, testRules);
      expectAmounts(
        fromRollups.buckets,
        fromReadings.buckets.map(({ amount }) => amount ?? 0),
      );
      expect(fromRollups.resets).toEqual(fromReadings.resets);
    });
    fc.assert(property, runs);
  });

  test('give the same total from late rows that only the database has', () => {
    const property = fc.property(lifeArbitrary, steps => {
      const life = live(steps, startMs);
      const whole = [startMs - dayMs, startMs + 1_000 * dayMs];
      const streamed = risesFromReadings(life.arrived, whole, testRules);
      const stored = risesFromRollups(rollUp(life.arrived), whole, testRules);
      expect(stored.buckets[0].amount).toBeCloseTo(
        streamed.buckets[0].amount ?? Number.NaN,
        6,
      );
    });
    fc.assert(property, runs);
  });
});

/** A counter of something that uses 2 kW, read every minute from one time to another. */
function steadyReadings(fromMs: number, toMs: number): CounterReading[] {
  const readings: CounterReading[] = [];
  for (let atMs = fromMs; atMs <= toMs; atMs += minuteMs) {
    readings.push({ atMs, value: 500 + (2 * (atMs - fromMs)) / hourMs });
  }
  return readings;
}

test.each([
  ['2026-03-28T12:00Z', '2026-03-30T12:00Z', [48, 46, 48]],
  ['2026-10-24T12:00Z', '2026-10-26T12:00Z', [48, 50, 48]],
])('days are as long as their night from %s to %s', (from, to, kwh) => {
  const edges = dayEdges(Date.parse(from), Date.parse(to), 'Europe/Stockholm');
  const readings = steadyReadings(
    edges[0] - minuteMs / 2,
    edges[edges.length - 1] + minuteMs,
  );
  for (const { buckets } of [
    risesFromReadings(readings, edges, testRules),
    risesFromRollups(rollUp(readings), edges, testRules),
  ]) {
    expectAmounts(buckets, kwh);
    for (const { coverage, estimated } of buckets) {
      expect(coverage).toBeCloseTo(1);
      expect(estimated).toBe(false);
    }
  }
});

describe('a bucket', () => {
  const fromMs = Date.parse('2026-01-12T06:00:00Z');
  const edges = [0, 1, 2, 3].map(hour => fromMs + hour * hourMs);
  const rules = counterRules('energy', 'total_energy_kwh');

  test('without readings around it is null, never 0', () => {
    const { buckets } = risesFromReadings(
      [
        { atMs: fromMs, value: 10 },
        { atMs: fromMs + hourMs, value: 12 },
      ],
      edges,
      rules,
    );
    expect(buckets.map(({ amount }) => amount)).toEqual([2, null, null]);
    expect(buckets.map(({ coverage }) => coverage)).toEqual([1, 0, 0]);
  });

  test.each(['readings', 'rollups'])(
    'that a gap crosses is estimated, and its coverage says how much (%s)',
    form => {
      const readings = steadyReadings(fromMs, fromMs + 3 * hourMs).filter(
        ({ atMs }) =>
          atMs <= fromMs + 0.5 * hourMs || atMs >= fromMs + 1.25 * hourMs,
      );
      const { buckets } =
        form === 'readings'
          ? risesFromReadings(readings, edges, testRules)
          : risesFromRollups(rollUp(readings), edges, testRules);
      expectAmounts(buckets, [2, 2, 2]);
      expect(buckets.map(({ estimated }) => estimated)).toEqual([
        true,
        true,
        false,
      ]);
      [0.5, 0.75, 1].forEach((coverage, index) => {
        expect(buckets[index].coverage).toBeCloseTo(coverage, 2);
      });
    },
  );

  test('of a rollup with a gap inside is estimated', () => {
    const readings = steadyReadings(fromMs, fromMs + 3 * hourMs).filter(
      ({ atMs }) =>
        atMs <= fromMs + 1.25 * hourMs || atMs >= fromMs + 1.75 * hourMs,
    );
    const { buckets } = risesFromRollups(rollUp(readings), edges, testRules);
    expect(buckets.map(({ estimated }) => estimated)).toEqual([
      false,
      true,
      false,
    ]);
    expect(buckets[1].coverage).toBeCloseTo(0.5, 1);
  });

  test('of a rollup that keeps no times of its extremes is exact over a reset', () => {
    const [row] = rollUp(
      [100, 100.1, 100.2, 0, 0.1, 0.2].map((value, index) => ({
        atMs: fromMs + index * minuteMs,
        value,
      })),
    );
    const bare = { ...row, minAtMs: null, maxAtMs: null };
    const { buckets, resets } = risesFromRollups([bare], edges, testRules);
    expect(buckets[0].amount).toBeCloseTo(0.4);
    expect(resets).toHaveLength(1);
  });
});

test('sums while readings come are those of all that came', () => {
  const edges = [startMs, startMs + hourMs];
  const sums = createCounterSums(edges, testRules);
  const readings = steadyReadings(startMs, startMs + hourMs);
  readings.forEach((reading, index) => {
    sums.add(reading);
    if (index % 20 !== 0) return;
    expect(sums.rises()).toEqual(
      risesFromReadings(readings.slice(0, index + 1), edges, testRules),
    );
  });
});

test('edges that do not rise are refused', () => {
  expect(() => createCounterSums([1, 3, 2], testRules)).toThrow(
    'edge 2 is 2 after 3',
  );
});
