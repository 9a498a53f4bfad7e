import { expect, test } from 'vitest';
import { createRange, runHouse } from '../../test/run-house.ts';
import {
  brineInC,
  brineOutC,
  groundCompressorPower,
  groundCop,
  stepDepletion,
} from './ground-source.ts';

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
    each({ heatPump: { source, compressor } }) {
      if (source.kind !== 'ground')
        throw new Error('The house has a borehole.');
      inC.add(source.brineInC);
      if (compressor.sourceW === 0) return;
      spreadK.add(source.brineInC - source.brineOutC);
    },
  });
  expect(spreadK.min).toBeGreaterThan(2);
  expect(spreadK.max).toBeLessThan(5);
  expect(inC.min).toBeGreaterThan(1);
  expect(inC.max).toBeLessThan(8);
});

test('COP is half of Carnot: 40 °C from brine at 3 °C gives about 3.7', () => {
  const carnot = (42 + 273.15) / (42 - -1);
  expect(groundCop(40, 3)).toBeCloseTo(carnot / 2, 6);
});

test('COP falls with the supply and rises with the brine', () => {
  expect(groundCop(35, 3)).toBeGreaterThan(groundCop(50, 3));
  expect(groundCop(40, 5)).toBeGreaterThan(groundCop(40, 0));
});

test('COP stays finite when there is hardly any lift', () => {
  expect(groundCop(10, 20)).toBeLessThan(11);
});

test('in its first minute it gives no more heat than it draws', () => {
  const at = { supplyC: 40, brineInC: 3 };
  expect(groundCompressorPower({ ...at, ranForS: 30 })).toMatchObject({
    sourceW: 0,
  });
  const young = groundCompressorPower({ ...at, ranForS: 30 });
  expect(young.heatW).toBe(young.electricW);
  const settled = groundCompressorPower({ ...at, ranForS: 60 });
  expect(settled.heatW).toBeCloseTo(8000, 0);
  expect(settled.electricW + settled.sourceW).toBeCloseTo(settled.heatW, 6);
});
