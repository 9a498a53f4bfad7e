import { describe, expect, test } from 'vitest';
import { counterRules } from './counter-rules.ts';
import type { CounterRules } from './counter-rules.ts';
import { initialCounter, stepCounter } from './step-counter.ts';
import type { CounterReset, Increment } from './step-counter.ts';

const stepMs = 30_000;
const rules = counterRules('energy', 'total_energy_kwh', { maxPerHour: 12 });

interface Counted {
  total: number;
  increments: Increment[];
  resets: CounterReset[];
}

/** Counts values that are read every 30 s, or `[value, seconds]`. */
function count(
  readings: readonly (number | readonly [number, number])[],
  counter: CounterRules = rules,
): Counted {
  let state = initialCounter;
  const counted: Counted = { total: 0, increments: [], resets: [] };
  readings.forEach((reading, index) => {
    const [value, seconds] =
      typeof reading === 'number'
        ? [reading, (index * stepMs) / 1000]
        : reading;
    const step = stepCounter(state, { atMs: seconds * 1000, value }, counter);
    state = step.state;
    for (const increment of step.increments) {
      counted.total += increment.amount;
      counted.increments.push(increment);
    }
    counted.resets.push(...step.resets);
  });
  return counted;
}

const isEstimated = ({ increments }: Counted) =>
  increments.some(({ estimated }) => estimated);

describe('a counter', () => {
  test('counts what it rises', () => {
    const counted = count([100, 100.1, 100.1, 100.2]);
    expect(counted.total).toBeCloseTo(0.2);
    expect(isEstimated(counted)).toBe(false);
    expect(counted.increments).toHaveLength(3);
  });

  test('does not change by messages that are late or come twice', () => {
    const clean = count([
      [100, 0],
      [100.1, 30],
      [100.2, 60],
    ]);
    const messy = count([
      [100, 0],
      [100, 0],
      [100.1, 30],
      [100, 10],
      [100.1, 30],
      [0, 20],
      [100.2, 60],
    ]);
    expect(messy).toEqual(clean);
  });

  test('ignores what is no number', () => {
    expect(count([100, Number.NaN, -1, Infinity, 100.1]).total).toBeCloseTo(
      0.1,
    );
  });

  test('that falls by a last digit counts nothing until it passes its high mark', () => {
    const counted = count([215.7, 215.6, 215.7, 215.6, 215.8]);
    expect(counted.total).toBeCloseTo(0.1);
    expect(counted.resets).toEqual([]);
  });

  test.each([
    ['a dip to 0', [100, 0, 100.1]],
    ['a spike', [100, 5000, 100.1]],
    ['a spike, then a dip', [100, 5000, 0, 100.1]],
  ])('is not moved by %s', (_, readings) => {
    const counted = count(readings);
    expect(counted.total).toBeCloseTo(0.1);
    expect(counted.resets).toEqual([]);
    expect(isEstimated(counted)).toBe(false);
  });

  test('that jumps counts the jump once the next reading agrees, as estimated', () => {
    expect(count([100, 105]).total).toBe(0);
    const counted = count([100, 105, 105.1]);
    expect(counted.total).toBeCloseTo(5.1);
    expect(counted.increments.map(({ estimated }) => estimated)).toEqual([
      true,
      false,
    ]);
  });

  test('that was replaced by one with a higher value counts no use', () => {
    const counted = count([100, 100, 61_204, 61_204.1]);
    expect(counted.total).toBeCloseTo(0.1);
    expect(counted.resets).toEqual([
      { atMs: 60_000, before: 100, after: 61_204 },
    ]);
  });

  test('that says 0 until it knows better counts from the first true value', () => {
    expect(count([0, 61_204, 61_204.1]).total).toBeCloseTo(0.1);
  });

  test('that is reset counts on from 0, and says so', () => {
    const counted = count([100, 0.1, 0.2]);
    expect(counted.total).toBeCloseTo(0.2);
    expect(counted.resets).toEqual([{ atMs: 30_000, before: 100, after: 0.1 }]);
    expect(isEstimated(counted)).toBe(true);
  });

  test('that falls to a value it cannot have counted since adds nothing', () => {
    const counted = count([100, 40, 40.1]);
    expect(counted.total).toBeCloseTo(0.1);
    expect(counted.resets).toHaveLength(1);
  });

  test.each([1e5, 1e6, 2 ** 32 / 1000])('rolls over at %d', modulus => {
    const counted = count([modulus - 0.1, 0.05, 0.1]);
    expect(counted.total).toBeCloseTo(0.2);
    expect(counted.resets).toEqual([]);
    expect(isEstimated(counted)).toBe(false);
  });

  test('is silent for a time: what it counted meanwhile is estimated', () => {
    const counted = count([
      [100, 0],
      [100.1, 30],
      [100.2, 60],
      [101, 3660],
      [101.1, 3690],
    ]);
    expect(counted.total).toBeCloseTo(1.1);
    expect(counted.increments.map(({ estimated }) => estimated)).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  test('that is read every two hours has no gaps, and all its energy', () => {
    const counted = count([0, 1, 2, 3, 4].map(n => [100 + n, n * 7200]));
    expect(counted.total).toBeCloseTo(4);
    expect(isEstimated(counted)).toBe(false);
  });

  test('never gives a negative amount', () => {
    const counted = count([100, 50, 80, 20, 100, 99.8, 0, 0, 3, 3, 2, 2]);
    for (const { amount } of counted.increments) {
      expect(amount).toBeGreaterThanOrEqual(0);
    }
  });
});

test('a counter of whole kilowatt-hours is not taken for one that jumps', () => {
  const whole = counterRules('heatpump', 'total_consumed_kwh');
  const counted = count([5368, 5368, 5369, 5369], whole);
  expect(counted.total).toBe(1);
  expect(isEstimated(counted)).toBe(false);
});

test('a year at 30 s is counted in a state of constant size', () => {
  let state = initialCounter;
  let total = 0;
  let largest = 0;
  const steps = (365 * 86_400_000) / stepMs;
  for (let index = 0; index < steps; index += 1) {
    // 0.01 kWh a step, read to Wh; a glitch every hundredth, a reset every month.
    const shown = ((index % 86_400) + 1) / 100;
    const value = index % 100 === 50 ? 1e7 : shown;
    const step = stepCounter(state, { atMs: index * stepMs, value }, rules);
    state = step.state;
    for (const { amount } of step.increments) total += amount;
    if (index % 10_007 === 0) {
      largest = Math.max(largest, JSON.stringify(state).length);
    }
  }
  expect(total / (steps / 100)).toBeCloseTo(1, 4);
  expect(largest).toBeLessThan(300);
});

test('a field that is no counter is refused', () => {
  expect(() => counterRules('energy', 'power_kw' as never)).toThrow(
    'energy has no counter power_kw.',
  );
});
