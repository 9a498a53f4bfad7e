import { expect, test } from 'vitest';
import {
  carnotShareOf,
  compressorKw,
  noPowerSteps,
  stepPowerSteps,
} from './powers.ts';

test('the compressor draws what the house draws more while it runs', () => {
  const house = [0.3, 2.4, 2.9, 0.8, 0.2, 2.2, 0.3, 9, 0.5, 2.5];
  const runs = [
    false,
    true,
    true,
    false,
    false,
    true,
    false,
    true,
    false,
    true,
  ];
  const steps = house
    .map((houseKw, index) => ({ houseKw, running: runs[index] }))
    .reduce(stepPowerSteps, noPowerSteps);
  expect(steps.stepsKw).toHaveLength(5);
  // Steps of 2.0, 1.9, 8.7, 8.5 and 2.0: the oven is left out.
  expect(compressorKw(steps)).toBeCloseTo(2);
  expect(compressorKw(noPowerSteps)).toBeNull();
});

test('a step against the compressor is of something else', () => {
  const steps = [
    { houseKw: 3, running: false },
    { houseKw: 1, running: true },
  ].reduce(stepPowerSteps, noPowerSteps);
  expect(compressorKw(steps)).toBeNull();
});

test('a datasheet gives its share of the ideal machine', () => {
  const points = [
    { supplyC: 35, sourceC: 7, cop: 4.05 },
    { supplyC: 35, sourceC: -7, cop: 2.92 },
    { supplyC: 55, sourceC: 7, cop: 2.77 },
  ];
  expect(carnotShareOf(points, 'air')).toBeCloseTo(0.47, 2);
  expect(carnotShareOf([], 'air')).toBeNull();
});
