import { expect, test } from 'vitest';
import { coefficientOfPerformance, compressorPower } from './compressor.ts';

test('COP is half of Carnot: 40 °C from brine at 3 °C gives about 3.7', () => {
  const carnot = (42 + 273.15) / (42 - -1);
  expect(coefficientOfPerformance(40, 3)).toBeCloseTo(carnot / 2, 6);
});

test('COP falls with the supply and rises with the brine', () => {
  expect(coefficientOfPerformance(35, 3)).toBeGreaterThan(
    coefficientOfPerformance(50, 3),
  );
  expect(coefficientOfPerformance(40, 5)).toBeGreaterThan(
    coefficientOfPerformance(40, 0),
  );
});

test('COP stays finite when there is hardly any lift', () => {
  expect(coefficientOfPerformance(10, 20)).toBeLessThan(11);
});

test('in its first minute it gives no more heat than it draws', () => {
  const at = { supplyC: 40, brineInC: 3 };
  expect(compressorPower({ ...at, ranForS: 30 })).toMatchObject({ sourceW: 0 });
  const young = compressorPower({ ...at, ranForS: 30 });
  expect(young.heatW).toBe(young.electricW);
  const settled = compressorPower({ ...at, ranForS: 60 });
  expect(settled.heatW).toBeCloseTo(8000, 0);
  expect(settled.electricW + settled.sourceW).toBeCloseTo(settled.heatW, 6);
});
