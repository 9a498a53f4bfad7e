import { describe, expect, test } from 'vitest';
import {
  airCapacityW,
  airCompressorPower,
  airCop,
  initialAirSource,
  stepAirSource,
} from './air-source.ts';
import type { AirSource } from './air-source.ts';
import { defrostAtKg } from './frost.ts';

const weather = { temperatureC: 1, relativeHumidityPct: 92, solarGainW: 0 };
const running = {
  timeMs: 0,
  weather,
  supplyC: 35,
  runs: true,
  ranForS: 600,
  outputShare: 0.5,
};

function after(steps: number, was: AirSource, inputs = running): AirSource {
  let source = was;
  for (let step = 0; step < steps; step += 1) {
    source = stepAirSource(source, inputs).source;
  }
  return source;
}

test('COP is half of Carnot between refrigerant temperatures: 35 °C from 7 °C gives about 4.6', () => {
  const carnot = (35 + 1.5 + 273.15) / (36.5 - 3);
  expect(airCop(35, 7, 0.5)).toBeCloseTo(carnot / 2, 6);
});

test('COP falls with the supply and the output, and rises with the air', () => {
  expect(airCop(35, 7, 0.3)).toBeGreaterThan(airCop(35, 7, 1));
  expect(airCop(35, 7, 0.5)).toBeGreaterThan(airCop(55, 7, 0.5));
  expect(airCop(35, 7, 0.5)).toBeGreaterThan(airCop(35, -7, 0.5));
});

test('cold air and hot water leave less to give', () => {
  expect(airCapacityW(35, 7)).toBe(9000);
  expect(airCapacityW(35, -7)).toBeCloseTo(6732, 0);
  expect(airCapacityW(50, 7)).toBeLessThan(airCapacityW(35, 7));
});

test('in its first minute it gives no more heat than it draws', () => {
  const at = { supplyC: 35, outdoorC: 7, outputShare: 0.3 };
  const young = airCompressorPower({ ...at, ranForS: 30 });
  expect(young.heatW).toBe(young.electricW);
  const settled = airCompressorPower({ ...at, ranForS: 60 });
  expect(settled.heatW).toBeCloseTo(2700, 0);
  expect(settled.electricW + settled.sourceW).toBeCloseTo(settled.heatW, 6);
});

describe('frost', () => {
  test('makes it defrost every 40 to 120 minutes in air around freezing', () => {
    for (const temperatureC of [0, 1, 3, 5]) {
      const inputs = { ...running, weather: { ...weather, temperatureC } };
      let minutes = 0;
      for (
        let source = initialAirSource;
        !source.defrosting;
        source = after(1, source, inputs)
      ) {
        minutes += 0.5;
      }
      expect(minutes).toBeGreaterThan(40);
      expect(minutes).toBeLessThan(120);
    }
  });

  test('does not form in mild air, and thaws there', () => {
    const mild = { ...running, weather: { ...weather, temperatureC: 9 } };
    expect(after(1000, initialAirSource, mild).frostKg).toBe(0);
    const iced = { ...initialAirSource, frostKg: 0.5 };
    expect(after(300, iced, mild).frostKg).toBeLessThan(0.1);
    const stopped = { ...mild, runs: false };
    expect(after(300, iced, stopped).frostKg).toBeLessThan(0.1);
  });
});

describe('a defrost', () => {
  const iced = { ...initialAirSource, defrosting: true, frostKg: defrostAtKg };

  test('draws heat from the water and melts the ice in 2 to 8 minutes', () => {
    for (const temperatureC of [3, 0, -12]) {
      const inputs = { ...running, weather: { ...weather, temperatureC } };
      let source: AirSource = iced;
      while (source.defrosting) {
        const step = stepAirSource(source, inputs);
        source = step.source;
        expect(step.compressor.heatW).toBe(-4000);
        expect(step.compressor.electricW + step.compressor.sourceW).toBe(-4000);
        expect(source.fanPct).toBe(0);
      }
      expect(source.defrostForS).toBeGreaterThanOrEqual(120);
      expect(source.defrostForS).toBeLessThanOrEqual(480);
      expect(source.frostKg).toBeLessThan(0.1);
    }
  });

  test('ends with the compressor', () => {
    const stopped = { ...running, runs: false };
    expect(stepAirSource(iced, stopped).source.defrosting).toBe(false);
  });
});
