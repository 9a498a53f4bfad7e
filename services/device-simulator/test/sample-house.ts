import type { GroundSource } from '../src/house-model/ground-source.ts';
import { initialHouse } from '../src/house-model/house.ts';
import type { HouseState } from '../src/house-model/house.ts';
import { createRandom } from '../src/house-model/random.ts';
import { site } from './run-house.ts';

/** The borehole of {@link sampleHouse}. */
export const sampleBorehole: GroundSource = {
  kind: 'ground',
  brineInC: 2.3,
  brineOutC: -0.6,
  depletionK: 0,
  brinePumpPct: 70,
};

export const sampleMs = Date.parse('2026-01-12T06:31:00Z');

/** The house with a borehole at {@link sampleMs}; it heats its rooms on a cold morning. */
export function sampleHouse(): HouseState {
  const start = initialHouse(sampleMs, {
    house: 'ground',
    random: createRandom(1),
    ...site,
  });
  const { heatPump } = start;
  return {
    ...start,
    weather: { temperatureC: -3.4, relativeHumidityPct: 88, solarGainW: 0 },
    building: { wallsC: 8, structureC: 16, roomC: 20.46 },
    heatPump: {
      ...heatPump,
      supplyC: 38.4,
      returnC: 32.7,
      supplyTargetC: 39.1,
      source: sampleBorehole,
      compressor: { heatW: 8000, electricW: 2300, sourceW: 5700 },
      circulationPumpPct: 60,
      control: {
        ...heatPump.control,
        compressorOn: true,
        degreeMinutes: -42.4,
      },
    },
    phaseW: { L1: 1910.6, L2: 1022.2, L3: 1133.4 },
    counters: {
      ...start.counters,
      importWh: 100_000_668.9,
      compressorS: 41_230 * 3600 + 3599,
      aux3KwS: 452 * 3600,
      hotWaterS: 3150 * 3600,
      aux6KwS: 470 * 3600,
    },
  };
}
