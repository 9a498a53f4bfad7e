import { describe, expect, test } from 'vitest';
import {
  copOf,
  heatOutputKw,
  heatOutputOf,
  isAuxHeaterOn,
  isMakingHotWater,
  isRunning,
} from './heat.ts';
import { testStatus } from '../../test/test-status.ts';

describe('heat output', () => {
  test('is 6.917 kW for 20 L/min and 5 K', () => {
    const heatKw = heatOutputKw({ flowLpm: 20, supplyC: 38, returnC: 33 });
    expect(heatKw).toBeCloseTo(6.917, 3);
  });

  test('is negative while defrosting takes heat out of the house', () => {
    expect(
      heatOutputKw({ flowLpm: 20, supplyC: 28, returnC: 33 }),
    ).toBeLessThan(0);
  });

  test('is zero below the flow a meter can measure', () => {
    expect(heatOutputKw({ flowLpm: 1.9, supplyC: 38, returnC: 33 })).toBe(0);
    expect(heatOutputKw({ flowLpm: 0, supplyC: null, returnC: 33 })).toBe(0);
  });

  test.each([
    { flowLpm: null, supplyC: 38, returnC: 33 },
    { flowLpm: 20, supplyC: null, returnC: 33 },
    { flowLpm: 20, supplyC: 38, returnC: null },
  ])('is unknown when a part is: %p', circuit => {
    expect(heatOutputKw(circuit)).toBeNull();
  });

  test('prefers the value that the heat pump itself measures', () => {
    const status = testStatus({
      heat_output_kw: 5,
      flow_rate_lpm: 20,
      supply_temp: 38,
      return_temp: 33,
    });
    expect(heatOutputOf(status)).toEqual({ value: 5, basis: 'measured' });
  });
});

describe('COP', () => {
  const running = {
    compressor_running: true,
    power_consumption_kw: 1.25,
    heat_output_kw: 5,
  };

  test('is heat over electric power', () => {
    expect(copOf(testStatus(running))).toEqual({ value: 4, basis: 'computed' });
  });

  test('is not clipped at 10', () => {
    const status = testStatus({ ...running, power_consumption_kw: 0.45 });
    expect(copOf(status).value).toBeCloseTo(11.1, 1);
  });

  test.each([
    ['without electric power', { ...running, power_consumption_kw: null }],
    ['without heat output', { ...running, heat_output_kw: null }],
    [
      'while it is not running',
      { ...running, compressor_running: false, cop: 4 },
    ],
    ['at standby power', { ...running, power_consumption_kw: 0.1 }],
    ['in defrost', { ...running, heat_output_kw: -2 }],
  ])('is unknown %s', (_, known) => {
    expect(copOf(testStatus(known))).toEqual({ value: null, basis: 'unknown' });
  });
});

describe('what runs', () => {
  test.each([
    [{ compressor_running: false, compressor_hz: 40 }, false],
    [{ compressor_hz: 40 }, true],
    [{ power_consumption_kw: 0.011 }, false],
    [{ power_consumption_kw: 1.2 }, true],
    [{}, null],
  ])('knows the compressor from %p', (known, expected) => {
    expect(isRunning(testStatus(known))).toBe(expected);
  });

  test.each([
    [{ aux_heater_3kw_on: false, aux_heater_6kw_on: true }, true],
    [{ aux_heater_kw: 3 }, true],
    [{ aux_heater_kw: 0 }, false],
    [{ aux_heater_3kw_on: false }, false],
    [{}, null],
  ])('knows the auxiliary heater from %p', (known, expected) => {
    expect(isAuxHeaterOn(testStatus(known))).toBe(expected);
  });

  test.each([
    [{ mode: 'legionella' as const }, true],
    [{ mode: 'hot_water' as const, hot_water_active: false }, true],
    [{ mode: 'heating' as const, hot_water_active: false }, false],
    [{ mode: 'heating' as const }, false],
    [{ mode: 'heating' as const, hot_water_active: true }, true],
    [{ mode: 'defrost' as const }, null],
  ])('knows hot water from %p', (known, expected) => {
    expect(isMakingHotWater(testStatus(known))).toBe(expected);
  });
});
