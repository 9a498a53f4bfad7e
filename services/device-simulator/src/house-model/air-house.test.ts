import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { runHouse } from '../../test/run-house.ts';
import { heatOutputW, heatPumpElectricW } from './heat-pump.ts';
import { houseKinds } from './house-kinds.ts';
import { isDefrosting } from './heat-source.ts';
import { storedHeatJ } from './house.ts';
import { jPerKWh, stepS } from './units.ts';

/** COP of the ideal machine between the supply and the air, as field data is judged by. */
function idealCop(supplyC: number, outdoorC: number): number {
  return (supplyC + 2 + 273.15) / (supplyC + 2 - (outdoorC - 6));
}

// The 5th and the 95th percentile of 304 measured air-source homes with a year of data.
const measured = {
  spf: [3.15, 4.74],
  spaceCop: [3.22, 5.14],
  tankCop: [2.15, 3.84],
  carnotPct: [42, 55],
  startsPerHour: [0.1, 0.78],
  dutyPct: [21, 62],
  supplyC: [30, 41],
  spreadK: [2.7, 5.8],
} as const;

/** Sums over a year, in watts times steps, and what follows from them. */
function liveThroughAYear() {
  const all = { heatW: 0, electricW: 0 };
  const rooms = { heatW: 0, electricW: 0 };
  const tank = { heatW: 0, electricW: 0 };
  const weighted = { heatW: 0, supply: 0, spread: 0, idealW: 0 };
  let steps = 0;
  let onSteps = 0;
  let defrosts = 0;
  let defrostW = 0;
  const { first, last } = runHouse({
    house: 'air',
    seed: 5,
    from: '2026-01-03',
    days: 364,
    each({ heatPump, weather }, previous) {
      const { control, supplyC, returnC, source } = heatPump;
      const heatW = heatOutputW(heatPump);
      const electricW = heatPumpElectricW(heatPump);
      steps += 1;
      all.heatW += heatW;
      all.electricW += electricW;
      if (isDefrosting(source) && !isDefrosting(previous.heatPump.source)) {
        defrosts += 1;
      }
      defrostW += Math.max(0, -heatW);
      if (!control.compressorOn) return;
      onSteps += 1;
      const sum = control.destination === 'tank' ? tank : rooms;
      sum.heatW += heatW;
      sum.electricW += electricW;
      if (heatW <= 0) return;
      weighted.heatW += heatW;
      weighted.supply += heatW * supplyC;
      weighted.spread += heatW * (supplyC - returnC);
      weighted.idealW += heatW / idealCop(supplyC, weather.temperatureC);
    },
  });
  const spf = all.heatW / all.electricW;
  return {
    figures: {
      spf,
      spaceCop: rooms.heatW / rooms.electricW,
      tankCop: tank.heatW / tank.electricW,
      carnotPct: (100 * spf * weighted.idealW) / weighted.heatW,
      startsPerHour:
        (last.counters.compressorStarts - first.counters.compressorStarts) /
        (364 * 24),
      dutyPct: (100 * onSteps) / steps,
      supplyC: weighted.supply / weighted.heatW,
      spreadK: weighted.spread / weighted.heatW,
    },
    defrosts,
    defrostShare: defrostW / all.heatW,
    heatKWh: (all.heatW * stepS) / jPerKWh,
  };
}

describe('a year of the air-source house', () => {
  let year: ReturnType<typeof liveThroughAYear>;
  beforeAll(() => {
    year = liveThroughAYear();
  }, 60_000);

  test.each(Object.entries(measured))(
    '%s lies where measured homes lie',
    (name, [least, most]) => {
      const figure = year.figures[name as keyof typeof measured];
      expect(figure).toBeGreaterThan(least);
      expect(figure).toBeLessThan(most);
    },
  );

  test('defrosts some times a day in winter, for 1 to 3 % of the heat', () => {
    expect(year.defrosts).toBeGreaterThan(500);
    expect(year.defrosts).toBeLessThan(3000);
    expect(year.defrostShare).toBeGreaterThan(0.01);
    expect(year.defrostShare).toBeLessThan(0.03);
  });
});

test('on any day of any house, heat is electricity plus source, and none is lost', () => {
  const property = fc.property(
    fc.constantFrom(...houseKinds),
    fc.integer({ min: 0, max: 1_000_000 }),
    fc.integer({ min: 5, max: 360 }),
    (house, seed, day) => {
      const from = new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10);
      let heatJ = 0;
      let inputJ = 0;
      let balanceJ = 0;
      let turnoverJ = 0;
      const { first, last } = runHouse({
        house,
        seed,
        from,
        days: 1,
        each(state) {
          const { compressor, auxW } = state.heatPump;
          const { gainsW, lossW, drawnHotWaterW } = state.heatFlows;
          const heatW = heatOutputW(state.heatPump);
          heatJ += heatW * stepS;
          inputJ += (compressor.electricW + compressor.sourceW + auxW) * stepS;
          balanceJ += (heatW + gainsW - lossW - drawnHotWaterW) * stepS;
          turnoverJ += (Math.abs(heatW) + gainsW) * stepS;
        },
      });
      const storedJ = storedHeatJ(last) - storedHeatJ(first);
      expect(Math.abs(heatJ - inputJ)).toBeLessThanOrEqual(0.01 * turnoverJ);
      expect(Math.abs(storedJ - balanceJ)).toBeLessThan(0.01 * turnoverJ);
    },
  );
  fc.assert(property, { numRuns: 12 });
}, 30_000);
