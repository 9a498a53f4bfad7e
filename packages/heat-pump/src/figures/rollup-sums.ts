import { hourMs } from '../time/units.ts';
import { idealCop } from './carnot.ts';
import type { HeatSource } from './carnot.ts';
import type { PowerEstimate } from './powers.ts';
import { heatingBaseC } from './reading-sums.ts';
import { noSums } from './sums.ts';
import type { HeatPumpSums } from './sums.ts';

/**
 * The columns of a rollup of heat pump readings that the figures need, named as in the database:
 * `_n` counts readings, `_sum` adds a value over these.
 */
export const heatPumpRollupColumns = [
  'paired_n',
  'paired_heat_kw_sum',
  'paired_electric_kw_sum',
  'hot_water_paired_n',
  'hot_water_heat_kw_sum',
  'hot_water_electric_kw_sum',
  'power_consumption_kw_n',
  'power_consumption_kw_sum',
  'running_known_n',
  'running_n',
  'hot_water_n',
  'defrost_n',
  'aux_n',
  'aux_heater_kw_n',
  'aux_heater_kw_sum',
  'standby_n',
  'standby_kw_sum',
  'running_supply_temp_n',
  'running_supply_temp_sum',
  'running_outdoor_temp_n',
  'running_outdoor_temp_sum',
  'running_brine_in_temp_n',
  'running_brine_in_temp_sum',
  'actual_temp_n',
  'actual_temp_sum',
  'outdoor_temp_n',
  'outdoor_temp_sum',
] as const;

/**
 * A bucket of a rollup whose columns are weighted with the time that each reading stands for: `_n`
 * is milliseconds, `_sum` a value times milliseconds. `null` where there are no readings.
 */
export type HeatPumpRollup = Readonly<
  Record<(typeof heatPumpRollupColumns)[number], number | null>
>;

/**
 * What a heat pump did in a bucket. Products of temperatures are those of their means over the
 * bucket, so hours serve better than days.
 *
 * @param estimate - stands in for meters that the bucket does not have
 */
export function sumsFromRollup(
  row: HeatPumpRollup,
  estimate: PowerEstimate | null = null,
): HeatPumpSums {
  const ms = (n: number | null) => n ?? 0;
  const kwh = (kwMs: number | null) => (kwMs ?? 0) / hourMs;
  const supplyC = mean(row.running_supply_temp_sum, row.running_supply_temp_n);
  const roomC = mean(row.actual_temp_sum, row.actual_temp_n);
  const outdoorC = mean(row.outdoor_temp_sum, row.outdoor_temp_n);
  const outdoorMs = ms(row.outdoor_temp_n);
  const roomMs = Math.min(ms(row.actual_temp_n), outdoorMs);
  const runningSupplyMs = ms(row.running_supply_temp_n);
  const sums: HeatPumpSums = {
    ...noSums,
    pairedMs: ms(row.paired_n),
    heatKwh: kwh(row.paired_heat_kw_sum),
    electricKwh: kwh(row.paired_electric_kw_sum),
    hotWaterPairedMs: ms(row.hot_water_paired_n),
    hotWaterHeatKwh: kwh(row.hot_water_heat_kw_sum),
    hotWaterElectricKwh: kwh(row.hot_water_electric_kw_sum),
    runningKnownMs: ms(row.running_known_n),
    runningMs: ms(row.running_n),
    hotWaterMs: ms(row.hot_water_n),
    defrostMs: ms(row.defrost_n),
    auxMs: ms(row.aux_n),
    auxKnownMs: ms(row.aux_heater_kw_n),
    auxKwh: kwh(row.aux_heater_kw_sum),
    standbyMs: ms(row.standby_n),
    standbyKwh: kwh(row.standby_kw_sum),
    runningSupplyMs,
    runningSupplyCMs: (supplyC ?? 0) * runningSupplyMs,
    outdoorMs,
    degreeHours:
      (Math.max(0, heatingBaseC - (outdoorC ?? heatingBaseC)) * outdoorMs) /
      hourMs,
    roomMs,
    roomOutdoorKMs: ((roomC ?? 0) - (outdoorC ?? 0)) * roomMs,
  };
  if (sums.pairedMs === 0 && estimate !== null) {
    Object.assign(sums, estimatedSums(sums, row, estimate));
  }
  const ideal = idealCopOf(row);
  if (ideal !== null && sums.estimatedMs === 0) {
    sums.idealHeatKwh = sums.heatKwh;
    sums.idealElectricKwh = sums.heatKwh / ideal;
  }
  return sums;
}

/** Heat and electricity of a bucket without one of both meters, by how long it ran. */
function estimatedSums(
  { runningMs, runningKnownMs, hotWaterMs }: HeatPumpSums,
  row: HeatPumpRollup,
  { runningKw, standbyKw, carnotShare, source }: PowerEstimate,
): Partial<HeatPumpSums> {
  const ideal = idealCopOf(row, source);
  const isHeatKnown = runningMs === 0 || ideal !== null;
  if (runningKnownMs === 0 || !isHeatKnown) return {};
  const standingMs = runningKnownMs - runningMs;
  const isMetered = (row.power_consumption_kw_n ?? 0) > 0;
  const standbyKwh = isMetered
    ? (row.standby_kw_sum ?? 0) / hourMs
    : (standingMs * standbyKw) / hourMs;
  const electricKwh = isMetered
    ? (row.power_consumption_kw_sum ?? 0) / hourMs
    : (runningMs * runningKw) / hourMs + standbyKwh;
  const runningKwh = electricKwh - standbyKwh;
  const heatKwh = runningKwh * carnotShare * (ideal ?? 0);
  const hotWaterShare =
    runningMs === 0 ? 0 : Math.min(1, hotWaterMs / runningMs);
  return {
    pairedMs: runningKnownMs,
    estimatedMs: runningKnownMs,
    electricKwh,
    heatKwh,
    hotWaterPairedMs: runningMs * hotWaterShare,
    hotWaterElectricKwh: runningKwh * hotWaterShare,
    hotWaterHeatKwh: heatKwh * hotWaterShare,
    standbyMs: standingMs,
    standbyKwh,
  };
}

/** By the source of the heat pump; without one, a brine temperature tells. */
function idealCopOf(row: HeatPumpRollup, known?: HeatSource): number | null {
  const supplyC = mean(row.running_supply_temp_sum, row.running_supply_temp_n);
  const brineC = mean(
    row.running_brine_in_temp_sum,
    row.running_brine_in_temp_n,
  );
  const outdoorC = mean(
    row.running_outdoor_temp_sum,
    row.running_outdoor_temp_n,
  );
  const source = known ?? (brineC === null ? 'air' : 'ground');
  return idealCop(supplyC, source === 'air' ? outdoorC : brineC, source);
}

function mean(sum: number | null, n: number | null): number | null {
  return sum === null || n === null || n === 0 ? null : sum / n;
}
