import type { HeatpumpStatus } from '@homelab/telemetry';
import { heatOutputOf } from '../house/heat.ts';
import type { Conditions } from '../runs/conditions.ts';
import { median } from '../time/median.ts';
import { idealCop } from './carnot.ts';
import type { HeatSource } from './carnot.ts';

/** A point of a datasheet: at these temperatures, in °C, the heat pump has this COP. */
export interface DatasheetPoint {
  supplyC: number;
  sourceC: number;
  cop: number;
}

/** What stands in for the meters that a heat pump has not. */
export interface PowerEstimate {
  /** Electric power while the compressor runs, in kW. */
  runningKw: number;
  /** Electric power while it stands still, in kW. */
  standbyKw: number;
  source: HeatSource;
  /** COP over that of the ideal machine: see {@link carnotShareOf}. */
  carnotShare: number;
}

/** Electric power and heat output, in kW. */
export interface Powers {
  electricKw: number | null;
  heatKw: number | null;
  isEstimated: boolean;
}

/** The powers at a reading: as measured, else estimated if that is possible and wanted. */
export function powersAt(
  status: HeatpumpStatus,
  { running }: Conditions,
  estimate: PowerEstimate | null,
): Powers {
  const electricKw = status.power_consumption_kw;
  const heatKw = heatOutputOf(status).value;
  const isMeasured = electricKw !== null && heatKw !== null;
  if (isMeasured || estimate === null || running === null) {
    return { electricKw, heatKw, isEstimated: false };
  }
  const usedKw = running ? estimate.runningKw : estimate.standbyKw;
  const knownElectricKw = electricKw ?? usedKw;
  return {
    electricKw: knownElectricKw,
    heatKw: heatKw ?? heatFrom(knownElectricKw, status, running, estimate),
    isEstimated: true,
  };
}

function heatFrom(
  electricKw: number,
  status: HeatpumpStatus,
  running: boolean,
  { source, carnotShare }: PowerEstimate,
): number | null {
  if (!running) return 0;
  const sourceC =
    source === 'ground' ? status.brine_in_temp : status.outdoor_temp;
  const ideal = idealCop(status.supply_temp, sourceC, source);
  return ideal === null ? null : electricKw * carnotShare * ideal;
}

/**
 * The share of the ideal COP that a datasheet promises: the median of its points, which
 * holds at temperatures between and beyond them. `null` if no point has enough lift.
 */
export function carnotShareOf(
  points: readonly DatasheetPoint[],
  source: HeatSource,
): number | null {
  const shares = points.flatMap(({ supplyC, sourceC, cop }) => {
    const ideal = idealCop(supplyC, sourceC, source);
    return ideal === null ? [] : [cop / ideal];
  });
  return median(shares) ?? null;
}

/** The last few steps of the house's power when the compressor started or stopped, in kW. */
export interface PowerSteps {
  before: { houseKw: number; running: boolean } | null;
  stepsKw: readonly number[];
}

export const noPowerSteps: PowerSteps = { before: null, stepsKw: [] };

const keptSteps = 5;

/** Takes the power of the house and whether the compressor runs, both at one time. */
export function stepPowerSteps(
  was: PowerSteps,
  now: { houseKw: number; running: boolean },
): PowerSteps {
  const { before } = was;
  if (before === null || before.running === now.running) {
    return { ...was, before: now };
  }
  const riseKw = now.houseKw - before.houseKw;
  const stepKw = now.running ? riseKw : -riseKw;
  const isStep = stepKw > 0;
  return {
    before: now,
    stepsKw: isStep ? [...was.stepsKw, stepKw].slice(-keptSteps) : was.stepsKw,
  };
}

/** The power of the compressor, in kW, by the median of the last five steps; `null` without. */
export function compressorKw({ stepsKw }: PowerSteps): number | null {
  return median(stepsKw) ?? null;
}
