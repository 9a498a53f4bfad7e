import { beforeAll, describe, expect, test } from 'vitest';
import { createRange, runHouse } from '../../test/run-house.ts';
import { heatOutputW, heatPumpElectricW } from './heat-pump.ts';
import { houseKinds } from './house-kinds.ts';
import { storedHeatJ } from './house.ts';
import type { HouseState } from './house.ts';
import { tankSensorC } from './hot-water-tank.ts';
import { stepS, waterJPerKgK } from './units.ts';

const houses = houseKinds.flatMap(house =>
  [1, 2].map(seed => ({ house, seed })),
);
const winter = { from: '2026-01-10', days: 15 } as const;
const year = { from: '2026-01-03', days: 364 } as const;

type CounterName = keyof HouseState['counters'];
const counterNames: readonly CounterName[] = [
  'importWh',
  'heatPumpWh',
  'compressorS',
  'compressorStarts',
  'hotWaterS',
  'aux3KwS',
  'aux6KwS',
];

/** Heat as a meter in the pipes would find it. */
function meteredHeatW({ heatPump }: HouseState): number {
  const { flowLpm, supplyC, returnC } = heatPump;
  return (flowLpm / 60) * waterJPerKgK * (supplyC - returnC);
}

describe.each(houses)('$house house $seed in winter', ({ house, seed }) => {
  test('supply is above return whenever heat is made, and below only in a defrost', () => {
    const whileHeating = createRange();
    const otherwise = createRange();
    runHouse({
      house,
      seed,
      ...winter,
      each({ heatPump }) {
        const spreadK = heatPump.supplyC - heatPump.returnC;
        const heatW = heatOutputW(heatPump);
        if (heatW > 0) whileHeating.add(spreadK);
        if (heatW >= 0) otherwise.add(spreadK);
        else expect(spreadK).toBeLessThan(-0.5);
      },
    });
    expect(whileHeating.min).toBeGreaterThan(0.5);
    expect(whileHeating.max).toBeLessThan(10);
    expect(otherwise.min).toBe(0);
  });

  test('metered heat is electricity plus source within 1 %', () => {
    let heatW = 0;
    let inputW = 0;
    runHouse({
      house,
      seed,
      ...winter,
      each(state) {
        const { compressor, auxW } = state.heatPump;
        heatW += meteredHeatW(state);
        inputW += compressor.electricW + compressor.sourceW + auxW;
      },
    });
    expect(heatW / inputW).toBeCloseTo(1, 2);
  });

  test('what the house stores is what came in less what left', () => {
    let balanceJ = 0;
    let heatJ = 0;
    const { first, last } = runHouse({
      house,
      seed,
      ...winter,
      each(state) {
        const { gainsW, lossW, drawnHotWaterW } = state.heatFlows;
        const inW = meteredHeatW(state) + gainsW;
        balanceJ += (inW - lossW - drawnHotWaterW) * stepS;
        heatJ += inW * stepS;
      },
    });
    const storedJ = storedHeatJ(last) - storedHeatJ(first);
    expect(Math.abs(storedJ - balanceJ)).toBeLessThan(0.01 * heatJ);
  });

  test('the room stays between 18 and 24 °C', () => {
    const room = createRange();
    runHouse({
      house,
      seed,
      ...winter,
      each: state => room.add(state.building.roomC),
    });
    expect(room.min).toBeGreaterThan(18);
    expect(room.max).toBeLessThan(24);
    expect(room.max - room.min).toBeGreaterThan(0.5);
  });

  test('the compressor runs and rests as long as it should', () => {
    const restS = createRange();
    const runS = createRange();
    let onSteps = 0;
    let steps = 0;
    const { first, last } = runHouse({
      house,
      seed,
      ...winter,
      each(state, previous) {
        const was = previous.heatPump.control;
        const is = state.heatPump.control;
        steps += 1;
        if (is.compressorOn) onSteps += 1;
        if (is.compressorOn && !was.compressorOn) restS.add(was.compressorForS);
        if (!is.compressorOn && was.compressorOn) runS.add(was.compressorForS);
      },
    });
    const starts =
      last.counters.compressorStarts - first.counters.compressorStarts;
    const startsPerHour = starts / (winter.days * 24);
    const duty = onSteps / steps;
    if (house === 'ground') {
      expect(startsPerHour).toBeGreaterThan(0.1);
      expect(startsPerHour).toBeLessThan(1);
      expect(duty).toBeGreaterThan(0.21);
      expect(duty).toBeLessThan(0.62);
    } else {
      // In the cold an inverter hardly ever stops.
      expect(startsPerHour).toBeLessThan(0.1);
      expect(duty).toBeGreaterThan(0.8);
    }
    expect(restS.min).toBeGreaterThanOrEqual(600);
    expect(runS.min).toBeGreaterThanOrEqual(300);
  });

  test('COP is plausible for its source', () => {
    const sums = {
      house: { heatW: 0, electricW: 0 },
      tank: { heatW: 0, electricW: 0 },
    };
    runHouse({
      house,
      seed,
      ...winter,
      each({ heatPump }) {
        const sum = sums[heatPump.control.destination];
        if (heatPump.control.auxKw > 0) return;
        sum.heatW += heatOutputW(heatPump);
        sum.electricW += heatPumpElectricW(heatPump);
      },
    });
    const spaceCop = sums.house.heatW / sums.house.electricW;
    const tankCop = sums.tank.heatW / sums.tank.electricW;
    expect(spaceCop).toBeGreaterThan(house === 'ground' ? 3 : 2.8);
    expect(spaceCop).toBeLessThan(5.2);
    expect(tankCop).toBeGreaterThan(2.15);
    expect(tankCop).toBeLessThan(3.84);
    expect(spaceCop).toBeGreaterThan(tankCop);
  });

  test('counters only rise and equal the integral of power', () => {
    let importWh = 0;
    let heatPumpWh = 0;
    let compressorS = 0;
    const rises = createRange();
    const { first, last } = runHouse({
      house,
      seed,
      ...winter,
      each(state, previous) {
        const { L1, L2, L3 } = state.phaseW;
        importWh += ((L1 + L2 + L3) * stepS) / 3600;
        heatPumpWh += (heatPumpElectricW(state.heatPump) * stepS) / 3600;
        compressorS += state.heatPump.compressor.electricW > 0 ? stepS : 0;
        for (const name of counterNames) {
          rises.add(state.counters[name] - previous.counters[name]);
        }
      },
    });
    const risen = (name: CounterName) =>
      last.counters[name] - first.counters[name];
    expect(rises.min).toBe(0);
    expect(risen('importWh') / importWh).toBeCloseTo(1, 4);
    expect(risen('heatPumpWh') / heatPumpWh).toBeCloseTo(1, 4);
    expect(risen('compressorS')).toBe(compressorS);
    expect(importWh).toBeGreaterThan(heatPumpWh);
  });

  test('phases hold the heat pump, alike but for its pumps, and a base load', () => {
    const besideHeatPump = createRange();
    runHouse({
      house,
      seed,
      ...winter,
      each({ phaseW, heatPump }) {
        const { ownUseW } = heatPump;
        const thirdW = (heatPumpElectricW(heatPump) - ownUseW) / 3;
        besideHeatPump.add(phaseW.L1 - thirdW - ownUseW);
        besideHeatPump.add(phaseW.L2 - thirdW);
        besideHeatPump.add(phaseW.L3 - thirdW);
      },
    });
    expect(besideHeatPump.min).toBeGreaterThan(30);
    expect(besideHeatPump.max).toBeLessThan(11_000);
  });
});

describe.each(houseKinds)('a whole year of the %s house', house => {
  const tankC = createRange();
  const spaceWh: number[] = [];
  const heatWh: number[] = [];
  let legionellaRuns = 0;
  let heldS = 0;
  let cleanRuns = 0;

  beforeAll(() => {
    runHouse({
      house,
      seed: 4,
      ...year,
      each(state, previous) {
        const sensorC = tankSensorC(state.tank);
        const { control } = state.heatPump;
        tankC.add(sensorC);
        const wasIdle = previous.heatPump.control.legionella === 'idle';
        if (wasIdle && control.legionella !== 'idle') legionellaRuns += 1;
        heldS = sensorC >= 60 ? heldS + stepS : 0;
        if (heldS === 30 * 60) cleanRuns += 1;
        const month = new Date(state.timeMs - 1).getUTCMonth();
        const stepWh = (heatOutputW(state.heatPump) * stepS) / 3600;
        heatWh[month] = (heatWh[month] ?? 0) + stepWh;
        const forRooms = control.destination === 'house' ? stepWh : 0;
        spaceWh[month] = (spaceWh[month] ?? 0) + forRooms;
      },
    });
  }, 60_000);

  test('hot water stays usable and is heated clean every week', () => {
    expect(tankC.min).toBeGreaterThan(38);
    expect(tankC.max).toBeLessThan(66);
    expect(legionellaRuns).toBe(52);
    expect(cleanRuns).toBe(legionellaRuns);
  });

  test('seasons show in the heat for rooms, hot water is made all year', () => {
    const yearKWh = heatWh.reduce((sum, monthWh) => sum + monthWh, 0) / 1000;
    expect(yearKWh).toBeGreaterThan(12_000);
    expect(yearKWh).toBeLessThan(24_000);
    expect(spaceWh[0]).toBeGreaterThan(10 * (spaceWh[6] ?? Infinity));
    expect(heatWh[6]).toBeGreaterThan(150_000);
  });
});

describe('determinism', () => {
  const options = { from: '2026-03-20', days: 3 } as const;

  test('the same seed gives the same house, step for step', () => {
    const runs = [7, 7].map(seed => {
      const states: HouseState[] = [];
      runHouse({ seed, ...options, each: state => states.push(state) });
      return states;
    });
    expect(runs[0]).toEqual(runs[1]);
  });

  test('another seed gives another house', () => {
    const [one, other] = [7, 8].map(seed =>
      runHouse({ seed, ...options, each: () => {} }),
    );
    expect(one?.last.weather.temperatureC).not.toBe(
      other?.last.weather.temperatureC,
    );
    expect(one?.last.counters.importWh).not.toBe(other?.last.counters.importWh);
  });
});
