import { expect, test } from 'vitest';
import { noSums } from '../figures/sums.ts';
import { dayMs, minuteMs } from '../time/units.ts';
import { isLegionellaOverdue } from './legionella.ts';
import { runStatistics } from './run-statistics.ts';
import type { Run } from './step-runs.ts';

function run(minutes: number, known: Partial<Run> = {}): Run {
  return {
    kind: 'compressor',
    fromMs: 0,
    toMs: minutes * minuteMs,
    openStart: false,
    openEnd: false,
    sums: noSums,
    defrosts: 0,
    label: null,
    tankStartC: null,
    tankEndC: null,
    outdoorStartC: null,
    ...known,
  };
}

test('of runs, those seen from start to end tell how long they are', () => {
  const runs = [
    run(8),
    run(30),
    run(40),
    run(5, { sums: { ...noSums, hotWaterMs: minuteMs } }),
    run(2, { openEnd: true }),
    run(1, { kind: 'defrost' }),
  ];
  expect(runStatistics(runs, { fromMs: 0, toMs: 2 * dayMs })).toEqual({
    runs: 5,
    runsPerDay: 2.5,
    medianMs: 30 * minuteMs,
    shortestMs: 5 * minuteMs,
    shortCycleScore: 0.25,
  });
});

test('without runs there are no lengths', () => {
  expect(runStatistics([], { fromMs: 0, toMs: dayMs })).toEqual({
    runs: 0,
    runsPerDay: 0,
    medianMs: null,
    shortestMs: null,
    shortCycleScore: null,
  });
});

test.each([
  ['within its interval and a day', 7, 8, false],
  ['later', 7, 8.1, true],
  ['if the owner wants none', null, 100, false],
])(
  'a legionella run is due %s: %j days, after %d',
  (_, interval, days, due) => {
    expect(isLegionellaOverdue(0, 0, interval, days * dayMs)).toBe(due);
    expect(isLegionellaOverdue(null, 0, interval, days * dayMs)).toBe(due);
  },
);
