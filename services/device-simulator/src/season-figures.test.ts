import {
  addSums,
  figuresOf,
  initialHeatPump,
  noSums,
  runStatistics,
  stepHeatPump,
} from '@homelab/heat-pump';
import type { HeatPumpFigures, Run, RunStatistics } from '@homelab/heat-pump';
import { heatpumpStatusSchema } from '@homelab/telemetry';
import type { HeatpumpStatus } from '@homelab/telemetry';
import { beforeAll, describe, expect, test } from 'vitest';
import { runHouse } from '../test/run-house.ts';
import { heatOutputW, heatPumpElectricW } from './house-model/heat-pump.ts';
import { isDefrosting } from './house-model/heat-source.ts';
import type { HouseKind } from './house-model/house-kinds.ts';
import type { HouseState } from './house-model/house.ts';
import { tankSensorC } from './house-model/hot-water-tank.ts';
import { dayMs, jPerKWh, stepS } from './house-model/units.ts';

const days = 364;
/** Every fourth step: a heat pump that is read every two minutes. */
const stepsPerReading = 4;

const nothingKnown = heatpumpStatusSchema.parse({
  timestamp: '2026-01-01T00:00:00Z',
  device_id: 'pump',
});

function readingOf({
  timeMs,
  weather,
  building,
  tank,
  heatPump,
}: HouseState): HeatpumpStatus {
  const { control, source } = heatPump;
  const defrosts = isDefrosting(source);
  const heatsTank = control.destination === 'tank';
  return {
    ...nothingKnown,
    timestamp: new Date(timeMs).toISOString(),
    compressor_running: control.compressorOn,
    defrost_active: defrosts,
    hot_water_active: heatsTank,
    power_consumption_kw: heatPumpElectricW(heatPump) / 1000,
    heat_output_kw: heatOutputW(heatPump) / 1000,
    aux_heater_kw: heatPump.auxW / 1000,
    supply_temp: heatPump.supplyC,
    return_temp: heatPump.returnC,
    outdoor_temp: weather.temperatureC,
    actual_temp: building.roomC,
    hot_water_temp: tankSensorC(tank),
    brine_in_temp: source.kind === 'ground' ? source.brineInC : null,
  };
}

interface Season {
  figures: HeatPumpFigures;
  statistics: RunStatistics;
  defrosts: number;
  legionella: number;
  heatKwh: number;
  electricKwh: number;
  starts: number;
  /** Supply minus return, weighted by heat. */
  spreadK: number;
  /** Heat that defrosts took, by all heat. */
  defrostShare: number;
  stateBytes: number;
}

/** Follows a year of readings, and beside it what the model itself knows. */
function followYear(house: HouseKind): Season {
  let state = initialHeatPump;
  let sums = noSums;
  let step = 0;
  let heatJ = 0;
  let defrostJ = 0;
  const weighted = { heatW: 0, spread: 0 };
  let stateBytes = 0;
  const runs: Run[] = [];
  const counts = { defrosts: 0, legionella: 0 };
  const { first, last } = runHouse({
    house,
    seed: 5,
    from: '2026-01-03',
    days,
    each(at) {
      const heatW = heatOutputW(at.heatPump);
      heatJ += heatW * stepS;
      defrostJ += Math.max(0, -heatW) * stepS;
      if (heatW > 0) {
        weighted.heatW += heatW;
        weighted.spread += heatW * (at.heatPump.supplyC - at.heatPump.returnC);
      }
      step += 1;
      if (step % stepsPerReading !== 0) return;
      const taken = stepHeatPump(state, readingOf(at));
      state = taken.state;
      sums = addSums(sums, taken.sums);
      runs.push(...taken.ended);
      counts.defrosts += Number(taken.started.includes('defrost'));
      counts.legionella += taken.events.filter(
        ({ kind }) => kind === 'legionella',
      ).length;
      if (step % 100_000 === 0) {
        stateBytes = Math.max(stateBytes, JSON.stringify(state).length);
      }
    },
  });
  const window = { fromMs: first.timeMs, toMs: first.timeMs + days * dayMs };
  return {
    figures: figuresOf(sums, window, 'H4'),
    statistics: runStatistics(runs, window),
    ...counts,
    heatKwh: heatJ / jPerKWh,
    electricKwh: (last.counters.heatPumpWh - first.counters.heatPumpWh) / 1000,
    starts: last.counters.compressorStarts - first.counters.compressorStarts,
    spreadK: weighted.spread / weighted.heatW,
    defrostShare: defrostJ / heatJ,
    stateBytes,
  };
}

// The 5th and the 95th percentile of 304 measured air-source homes with a year of data.
const measured = {
  spf: [3.15, 4.74],
  spaceCop: [3.22, 5.14],
  tankCop: [2.15, 3.84],
  carnotPct: [42, 55],
  startsPerHour: [0.1, 0.78],
  dutyPct: [21, 62],
  standbyW: [4, 21],
  supplyC: [30, 41],
  spreadK: [2.7, 5.8],
} as const;

type Figure = keyof typeof measured;

/** Of the ground-source house, what does not depend on its source. */
const compared: Record<HouseKind, readonly Figure[]> = {
  air: Object.keys(measured) as Figure[],
  ground: ['tankCop', 'startsPerHour', 'dutyPct'],
};

function figureOf({ figures, statistics, spreadK }: Season, name: Figure) {
  switch (name) {
    case 'spf':
      return figures.performance.value;
    case 'spaceCop':
      return figures.space.value;
    case 'tankCop':
      return figures.hotWater.value;
    case 'carnotPct':
      return 100 * (figures.carnotShare ?? Number.NaN);
    case 'startsPerHour':
      return statistics.runsPerDay / 24;
    case 'dutyPct':
      return 100 * (figures.duty ?? Number.NaN);
    case 'standbyW':
      return figures.standbyW;
    case 'supplyC':
      return figures.supplyC;
    case 'spreadK':
      return spreadK;
  }
}

describe.each(['air', 'ground'] as const)('a year of the %s house', house => {
  let season: Season;
  beforeAll(() => {
    season = followYear(house);
  }, 120_000);

  test.each(compared[house])('has a %s as measured homes have', name => {
    const [least, most] = measured[name];
    expect(figureOf(season, name)).toBeGreaterThan(least);
    expect(figureOf(season, name)).toBeLessThan(most);
  });

  test('has a seasonal performance factor of the whole year', () => {
    const { value, kind, coverage } = season.figures.performance;
    expect(kind).toBe('SPF');
    expect(coverage).toBeGreaterThan(0.99);
    if (house === 'air') return;
    // Seven measured ground-source homes lie between these.
    expect(value).toBeGreaterThan(3.3);
    expect(value).toBeLessThan(6);
  });

  test('has the energies and the starts of the model', () => {
    const { heatKwh, electricKwh } = season.figures.performance;
    expect(heatKwh / season.heatKwh).toBeCloseTo(1, 2);
    expect(electricKwh / season.electricKwh).toBeCloseTo(1, 2);
    expect(season.statistics.runs / season.starts).toBeCloseTo(1, 2);
  });

  test('makes its hot water clean every week', () => {
    expect(season.legionella).toBe(52);
  });

  test('defrosts if it has a coil: some times a day in winter, for 1 to 3 % of the heat', () => {
    if (house === 'ground') {
      expect(season.defrosts).toBe(0);
      return;
    }
    expect(season.defrosts).toBeGreaterThan(500);
    expect(season.defrosts).toBeLessThan(3000);
    expect(season.defrostShare).toBeGreaterThan(0.01);
    expect(season.defrostShare).toBeLessThan(0.03);
  });

  test('loses about 148 W/K, less what people and the sun give', () => {
    expect(season.figures.heatLossWPerK).toBeGreaterThan(100);
    expect(season.figures.heatLossWPerK).toBeLessThan(148);
  });

  test('is followed in a state of constant size', () => {
    expect(season.stateBytes).toBeLessThan(6_000);
  });
});
