import type { HeatpumpStatus } from '@homelab/telemetry';
import { powerBetween } from '../energy/power-energy.ts';
import type { PowerShape } from '../energy/power-energy.ts';
import { auxHeaterKw } from '../house/heat.ts';
import type { Conditions } from '../runs/conditions.ts';
import { hourMs } from '../time/units.ts';
import { idealCop } from './carnot.ts';
import { powersAt } from './powers.ts';
import type { PowerEstimate } from './powers.ts';
import { noSums } from './sums.ts';
import type { HeatPumpSums } from './sums.ts';

/** A reading and what the heat pump did at it. */
export interface Moment {
  atMs: number;
  status: HeatpumpStatus;
  conditions: Conditions;
}

export interface SumOptions {
  powerShape: PowerShape;
  /** Stands in for meters that are missing; `null` to leave it at what is measured. */
  estimate: PowerEstimate | null;
}

/** Rooms need no heat above this temperature outdoors. */
export const heatingBaseC = 17;

/** What a heat pump did between two readings: what it did at the first, for that time. */
export function sumsBetween(
  before: Moment,
  after: Moment,
  { powerShape, estimate }: SumOptions,
): HeatPumpSums {
  const ms = after.atMs - before.atMs;
  const hours = ms / hourMs;
  const first = powersAt(before.status, before.conditions, estimate);
  const second = powersAt(after.status, after.conditions, estimate);
  const over = (beforeKw: number | null, afterKw: number | null) =>
    powerBetween(beforeKw, afterKw, powerShape);
  const electricKw = over(first.electricKw, second.electricKw);
  const heatKw = over(first.heatKw, second.heatKw);
  const auxKw = over(auxHeaterKw(before.status), auxHeaterKw(after.status));

  const { status, conditions } = before;
  const sums = { ...noSums };
  if (electricKw !== null && heatKw !== null) {
    sums.pairedMs = ms;
    if (first.isEstimated || second.isEstimated) sums.estimatedMs = ms;
    sums.heatKwh = heatKw * hours;
    sums.electricKwh = electricKw * hours;
    if (conditions.hotWater === true) {
      sums.hotWaterPairedMs = ms;
      sums.hotWaterHeatKwh = sums.heatKwh;
      sums.hotWaterElectricKwh = sums.electricKwh;
    }
    const ideal = conditions.running === true ? idealCopOf(status) : null;
    if (ideal !== null) {
      sums.idealHeatKwh = sums.heatKwh;
      sums.idealElectricKwh = sums.heatKwh / ideal;
    }
  }
  if (auxKw !== null) {
    sums.auxKnownMs = ms;
    sums.auxKwh = auxKw * hours;
  }
  if (conditions.running === false && electricKw !== null) {
    sums.standbyMs = ms;
    sums.standbyKwh = electricKw * hours;
  }
  addTimes(sums, before, ms);
  return sums;
}

function addTimes(
  sums: HeatPumpSums,
  { status, conditions }: Moment,
  ms: number,
): void {
  const { supply_temp: supplyC, actual_temp: roomC } = status;
  const { outdoor_temp: outdoorC } = status;
  if (conditions.running !== null) sums.runningKnownMs = ms;
  if (conditions.running === true) sums.runningMs = ms;
  if (conditions.hotWater === true) sums.hotWaterMs = ms;
  if (conditions.defrost === true) sums.defrostMs = ms;
  if (conditions.aux === true) sums.auxMs = ms;
  if (conditions.running === true && supplyC !== null) {
    sums.runningSupplyMs = ms;
    sums.runningSupplyCMs = supplyC * ms;
  }
  if (outdoorC === null) return;
  sums.outdoorMs = ms;
  sums.degreeHours = (Math.max(0, heatingBaseC - outdoorC) * ms) / hourMs;
  if (roomC === null) return;
  sums.roomMs = ms;
  sums.roomOutdoorKMs = (roomC - outdoorC) * ms;
}

function idealCopOf(status: HeatpumpStatus): number | null {
  const { supply_temp: supplyC, brine_in_temp: brineC } = status;
  return brineC === null
    ? idealCop(supplyC, status.outdoor_temp, 'air')
    : idealCop(supplyC, brineC, 'ground');
}
