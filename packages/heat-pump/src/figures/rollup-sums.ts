import { hourMs } from '../time/units.ts';
import { idealCop } from './carnot.ts';
import { heatingBaseC } from './reading-sums.ts';
import { noSums } from './sums.ts';
import type { HeatPumpSums } from './sums.ts';

/**
 * The columns of a rollup of heat pump readings that the figures need, named as in the database:
 * `_n` counts readings, `_sum` adds a value over these, `null` over none.
 */
export interface HeatPumpRollup {
  paired_n: number;
  paired_heat_kw_sum: number | null;
  paired_electric_kw_sum: number | null;
  hot_water_paired_n: number;
  hot_water_heat_kw_sum: number | null;
  hot_water_electric_kw_sum: number | null;
  running_known_n: number;
  running_n: number;
  hot_water_n: number;
  defrost_n: number;
  aux_n: number;
  aux_heater_kw_n: number;
  aux_heater_kw_sum: number | null;
  standby_n: number;
  standby_kw_sum: number | null;
  running_supply_temp_n: number;
  running_supply_temp_sum: number | null;
  running_outdoor_temp_n: number;
  running_outdoor_temp_sum: number | null;
  running_brine_in_temp_n: number;
  running_brine_in_temp_sum: number | null;
  actual_temp_n: number;
  actual_temp_sum: number | null;
  outdoor_temp_n: number;
  outdoor_temp_sum: number | null;
}

/**
 * What a heat pump did in the bucket of a row. Each reading stands for one interval. Products of
 * temperatures are those of their means over the bucket, so hourly rows serve better than daily.
 *
 * @param intervalMs - how often the device is read
 */
export function sumsFromRollup(
  row: HeatPumpRollup,
  intervalMs: number,
): HeatPumpSums {
  const kwh = (kwSum: number | null) => ((kwSum ?? 0) * intervalMs) / hourMs;
  const heatKwh = kwh(row.paired_heat_kw_sum);
  const ideal = idealCopOf(row);
  const supplyC = mean(row.running_supply_temp_sum, row.running_supply_temp_n);
  const roomC = mean(row.actual_temp_sum, row.actual_temp_n);
  const outdoorC = mean(row.outdoor_temp_sum, row.outdoor_temp_n);
  const outdoorMs = row.outdoor_temp_n * intervalMs;
  const roomMs = Math.min(row.actual_temp_n, row.outdoor_temp_n) * intervalMs;
  const runningSupplyMs = row.running_supply_temp_n * intervalMs;
  return {
    ...noSums,
    pairedMs: row.paired_n * intervalMs,
    heatKwh,
    electricKwh: kwh(row.paired_electric_kw_sum),
    hotWaterPairedMs: row.hot_water_paired_n * intervalMs,
    hotWaterHeatKwh: kwh(row.hot_water_heat_kw_sum),
    hotWaterElectricKwh: kwh(row.hot_water_electric_kw_sum),
    idealHeatKwh: ideal === null ? 0 : heatKwh,
    idealElectricKwh: ideal === null ? 0 : heatKwh / ideal,
    runningKnownMs: row.running_known_n * intervalMs,
    runningMs: row.running_n * intervalMs,
    hotWaterMs: row.hot_water_n * intervalMs,
    defrostMs: row.defrost_n * intervalMs,
    auxMs: row.aux_n * intervalMs,
    auxKnownMs: row.aux_heater_kw_n * intervalMs,
    auxKwh: kwh(row.aux_heater_kw_sum),
    standbyMs: row.standby_n * intervalMs,
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
}

function idealCopOf(row: HeatPumpRollup): number | null {
  const supplyC = mean(row.running_supply_temp_sum, row.running_supply_temp_n);
  const brineC = mean(
    row.running_brine_in_temp_sum,
    row.running_brine_in_temp_n,
  );
  const outdoorC = mean(
    row.running_outdoor_temp_sum,
    row.running_outdoor_temp_n,
  );
  return brineC === null
    ? idealCop(supplyC, outdoorC, 'air')
    : idealCop(supplyC, brineC, 'ground');
}

function mean(sum: number | null, n: number): number | null {
  return sum === null || n === 0 ? null : sum / n;
}
