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
import { runHouse } from './run-house.ts';
import {
  heatOutputW,
  heatPumpElectricW,
} from '../src/house-model/heat-pump.ts';
import { isDefrosting } from '../src/house-model/heat-source.ts';
import type { HouseKind } from '../src/house-model/house-kinds.ts';
import type { HouseState } from '../src/house-model/house.ts';
import { tankSensorC } from '../src/house-model/hot-water-tank.ts';
import { dayMs, jPerKWh, stepS } from '../src/house-model/units.ts';

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

/** A simulated year: what its readings tell, and beside it what the model itself knows. */
export interface Season {
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

/** Follows a year of readings of a simulated house. */
export function followYear(house: HouseKind): Season {
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
export const measured = {
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

export type Figure = keyof typeof measured;

/** One of these figures of a season; `null` where it is not known. */
export function figureOf(
  { figures, statistics, spreadK }: Season,
  name: Figure,
) {
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
