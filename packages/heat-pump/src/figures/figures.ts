import { hourMs } from '../time/units.ts';
import { performanceOf } from './performance.ts';
import type {
  Boundary,
  EnergyPair,
  Performance,
  Window,
} from './performance.ts';
import type { HeatPumpSums } from './sums.ts';

/** The figures of a heat pump over a window; what is not known is `null`. */
export interface HeatPumpFigures {
  /** All heat over all electricity, standby and defrost included. */
  performance: Performance;
  /** Heating the rooms, without standby. */
  space: Performance;
  hotWater: Performance;
  /** COP over that of the ideal machine at the same temperatures, 0 to 1. */
  carnotShare: number | null;
  /** Share of time in which the compressor ran, 0 to 1. */
  duty: number | null;
  /** Electricity while the compressor stood still, as mean power over the whole time, in W. */
  standbyW: number | null;
  auxKwh: number | null;
  /** Mean supply temperature while the compressor ran, in °C. */
  supplyC: number | null;
  /** Heat for the rooms per kelvin between them and outdoors, in W/K. */
  heatLossWPerK: number | null;
  /** Heat for the rooms per degree-hour below 17 °C outdoors, in kWh; makes days comparable. */
  kwhPerDegreeHour: number | null;
}

/** Below this mean difference, in K, the heat loss of a house cannot be told. */
const minRoomOutdoorK = 5;
const minDegreeHours = 24;

/**
 * The figures that follow from sums over a window, whether these come from readings or rollups.
 *
 * @param boundary - what the electric power of the heat pump covers
 */
export function figuresOf(
  sums: HeatPumpSums,
  window: Window,
  boundary: Boundary,
): HeatPumpFigures {
  const windowMs = window.toMs - window.fromMs;
  const coverage = ratio(Math.min(sums.pairedMs, windowMs), windowMs) ?? 0;
  const performance = (heatKwh: number, electricKwh: number) => {
    const estimated = sums.estimatedMs > 0;
    const energy: EnergyPair = { heatKwh, electricKwh, coverage, estimated };
    return performanceOf(energy, window, boundary);
  };
  const spaceHeatKwh = sums.heatKwh - sums.hotWaterHeatKwh;
  const spaceElectricKwh =
    sums.electricKwh - sums.hotWaterElectricKwh - sums.standbyKwh;
  const cop = ratio(sums.heatKwh, sums.electricKwh);
  const ideal = ratio(sums.idealHeatKwh, sums.idealElectricKwh);
  const spaceW =
    sums.pairedMs === 0 ? null : (1000 * spaceHeatKwh * hourMs) / sums.pairedMs;
  const roomOutdoorK = ratio(sums.roomOutdoorKMs, sums.roomMs);
  return {
    performance: performance(sums.heatKwh, sums.electricKwh),
    space: performance(spaceHeatKwh, spaceElectricKwh),
    hotWater: performance(sums.hotWaterHeatKwh, sums.hotWaterElectricKwh),
    carnotShare: cop === null || ideal === null ? null : cop / ideal,
    duty: ratio(sums.runningMs, sums.runningKnownMs),
    standbyW:
      sums.standbyMs === 0
        ? null
        : ratio(1000 * sums.standbyKwh * hourMs, sums.runningKnownMs),
    auxKwh: sums.auxKnownMs === 0 ? null : sums.auxKwh,
    supplyC: ratio(sums.runningSupplyCMs, sums.runningSupplyMs),
    heatLossWPerK:
      spaceW === null || roomOutdoorK === null || roomOutdoorK < minRoomOutdoorK
        ? null
        : spaceW / roomOutdoorK,
    kwhPerDegreeHour:
      sums.pairedMs === 0 || sums.degreeHours < minDegreeHours
        ? null
        : spaceHeatKwh / sums.degreeHours,
  };
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
