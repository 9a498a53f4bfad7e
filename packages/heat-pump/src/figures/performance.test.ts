import { describe, expect, test } from 'vitest';
import { dayMs } from '../time/units.ts';
import { idealCop } from './carnot.ts';
import { stepDegreeMinutes } from './degree-minutes.ts';
import { atBoundary, performanceOf } from './performance.ts';
import type { Boundary, EnergyPair } from './performance.ts';

const window = (days: number) => ({ fromMs: 0, toMs: days * dayMs });
const pair = (
  heatKwh: number,
  electricKwh: number,
  coverage = 1,
): EnergyPair => ({ heatKwh, electricKwh, coverage, estimated: false });

describe('performance', () => {
  // Counters of a Bosch 7000i after its first years.
  test.each([
    ['all', 19052, 5368, 3.55],
    ['heating', 11053, 2977, 3.71],
    ['hot water', 5978, 2047, 2.92],
  ])('of %s is heat over electricity', (_, heatKwh, electricKwh, expected) => {
    const { value } = performanceOf(
      pair(heatKwh, electricKwh),
      window(900),
      'H3',
    );
    expect(value).toBeCloseTo(expected, 2);
  });

  test('is an SPF over a season and a COP over less', () => {
    expect(performanceOf(pair(4, 1), window(330), 'H4').kind).toBe('SPF');
    expect(performanceOf(pair(4, 1), window(329), 'H4')).toMatchObject({
      kind: 'COP',
      days: 329,
      boundary: 'H4',
    });
  });

  test('is not clipped at 10', () => {
    expect(performanceOf(pair(11, 1), window(1), 'H4').value).toBe(11);
  });

  test.each([
    ['of next to no electricity', pair(1, 0.04)],
    ['of a window of which too little is known', pair(4, 1, 0.89)],
  ])('%s is not told', (_, energy) => {
    expect(performanceOf(energy, window(1), 'H4').value).toBeNull();
  });
});

describe('a boundary', () => {
  const energy = pair(1000, 300);
  const at = (electric: Boundary, isHeatBehindHeater: boolean) => ({
    electric,
    isHeatBehindHeater,
  });

  test.each([
    [
      'counts heat of a heater that the meter does not see',
      'H3',
      false,
      'H3',
      1050,
      300,
    ],
    ['counts it once where the meter sees it', 'H3', true, 'H3', 1000, 300],
    ['leaves the heater out', 'H3', true, 'H2', 950, 250],
    ['takes the heater in', 'H2', false, 'H3', 1050, 350],
    ['as metered stays', 'H2', false, 'H2', 1000, 300],
  ] as const)('%s', (_, electric, behind, wanted, heatKwh, electricKwh) => {
    expect(atBoundary(energy, 50, at(electric, behind), wanted)).toMatchObject({
      heatKwh,
      electricKwh,
    });
  });

  test('that needs energy nobody measured is not reached', () => {
    expect(atBoundary(energy, 50, at('H3', true), 'H4')).toBeNull();
    expect(atBoundary(energy, null, at('H3', true), 'H2')).toBeNull();
  });
});

describe('the ideal machine', () => {
  test.each([
    [35, 7, 8.62],
    [35, -7, 6.2],
    [55, 7, 5.9],
  ])(
    'has at %d °C supply and %d °C outdoors a COP of %d',
    (supplyC, outdoorC, cop) => {
      expect(idealCop(supplyC, outdoorC, 'air')).toBeCloseTo(cop, 2);
    },
  );

  test('draws from brine that is warmer than its evaporator by 4 K', () => {
    expect(idealCop(35, 5, 'ground')).toBeCloseTo(310.15 / 36, 5);
  });

  test('says nothing without lift or temperatures', () => {
    expect(idealCop(10, 13, 'air')).toBeNull();
    expect(idealCop(null, 7, 'air')).toBeNull();
    expect(idealCop(35, null, 'air')).toBeNull();
  });
});

describe('degree minutes', () => {
  const over = {
    minutes: 10,
    supplyC: 30,
    targetC: 35,
    isHeatingAllowed: true,
  };

  test('are the integral of what the supply is short', () => {
    expect(stepDegreeMinutes(-60, over)).toBe(-110);
    expect(stepDegreeMinutes(-60, { ...over, supplyC: 38 })).toBe(-30);
  });

  test('stay within what controllers count', () => {
    expect(stepDegreeMinutes(90, { ...over, supplyC: 60 })).toBe(100);
    expect(stepDegreeMinutes(-2990, over)).toBe(-3000);
  });

  test('stand still in summer and while a temperature is unknown', () => {
    expect(stepDegreeMinutes(-60, { ...over, isHeatingAllowed: false })).toBe(
      -60,
    );
    expect(stepDegreeMinutes(-60, { ...over, targetC: null })).toBe(-60);
  });
});
