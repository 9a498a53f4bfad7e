import { expect, test } from 'vitest';
import { createRange, runHouse } from '../../test/run-house.ts';
import { brineInC, brineOutC, stepDepletion } from './ground-source.ts';

test('brine that gave 5.7 kW goes back about 3 K colder, brine at rest as it came', () => {
  expect(brineOutC(4, 5700)).toBeCloseTo(4 - 3.25, 2);
  expect(brineOutC(4, 0)).toBe(4);
});

test('an hour of running costs the borehole 0.3 K, a day of rest gives it back', () => {
  let depletionK = 0;
  for (let step = 0; step < 120; step += 1) {
    depletionK = stepDepletion(depletionK, 5700);
  }
  expect(depletionK).toBeGreaterThan(0.25);
  expect(depletionK).toBeLessThan(0.3);
  for (let step = 0; step < 2880; step += 1)
    depletionK = stepDepletion(depletionK, 0);
  expect(depletionK).toBeLessThan(0.01);
});

test('the ground is coldest in spring and warmest in autumn', () => {
  const on = (date: string) => brineInC(Date.parse(date), 0);
  expect(on('2026-04-05')).toBeCloseTo(4.7, 1);
  expect(on('2026-10-05')).toBeCloseTo(7.3, 1);
});

test('through a cold month the brine is colder out than in, and never freezes the ground', () => {
  const spreadK = createRange();
  const inC = createRange();
  runHouse({
    seed: 13,
    from: '2026-02-01',
    days: 20,
    each({ heatPump }) {
      inC.add(heatPump.brineInC);
      if (heatPump.compressor.sourceW === 0) return;
      spreadK.add(heatPump.brineInC - heatPump.brineOutC);
    },
  });
  expect(spreadK.min).toBeGreaterThan(2);
  expect(spreadK.max).toBeLessThan(5);
  expect(inC.min).toBeGreaterThan(1);
  expect(inC.max).toBeLessThan(8);
});
