import { condition, mean, sum } from './rollup-column.ts';
import type { RollupColumn } from './rollup-column.ts';

/**
 * What a heat pump does at a reading, in SQL; NULL where the reading does not say. These are the
 * twins of the rules in TypeScript that judge a live reading.
 */
/** Heat output in kW: as sent, else from flow and temperatures. */
export const heatKw = `coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END)`;
/** Electric power in kW. */
export const electricKw = 'power_consumption_kw';
const running = `coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)`;
const hotWater = `CASE WHEN mode IN ('hot_water', 'legionella') THEN true ELSE hot_water_active END`;
const defrost = `CASE WHEN mode = 'defrost' THEN true ELSE defrost_active END`;
const auxHeater = `(aux_heater_3kw_on OR aux_heater_6kw_on OR aux_heater_kw > 0)`;
const alarm = `(mode = 'alarm' OR cardinality(alarm_codes) > 0)`;
const paired = `${heatKw} IS NOT NULL AND ${electricKw} IS NOT NULL`;
const hotWaterPaired = `${paired} AND ${hotWater}`;
const standby = `NOT ${running} AND ${electricKw} IS NOT NULL`;

/**
 * Aggregates of heat pumps over several fields at once. A COP is a ratio of sums over the same
 * readings, so heat and power are summed where both are known (`paired`).
 */
export const heatpumpAggregates: readonly RollupColumn[] = [
  condition('paired_n', paired, 'Readings with heat output and electric power'),
  sum('paired_heat_kw_sum', heatKw, paired, 'Heat output of paired_n, kW'),
  sum(
    'paired_electric_kw_sum',
    electricKw,
    paired,
    'Electric power of paired_n, kW',
  ),
  condition(
    'hot_water_paired_n',
    hotWaterPaired,
    'Readings of paired_n while making hot water',
  ),
  sum(
    'hot_water_heat_kw_sum',
    heatKw,
    hotWaterPaired,
    'Heat output of hot_water_paired_n, kW',
  ),
  sum(
    'hot_water_electric_kw_sum',
    electricKw,
    hotWaterPaired,
    'Electric power of hot_water_paired_n, kW',
  ),
  condition('running_n', running, 'Readings while the heat pump runs'),
  condition(
    'running_known_n',
    `(${running}) IS NOT NULL`,
    'Readings that say whether it runs',
  ),
  condition('hot_water_n', hotWater, 'Readings while making hot water'),
  condition('defrost_n', defrost, 'Readings while defrosting'),
  condition('aux_n', auxHeater, 'Readings with an auxiliary heater on'),
  condition('alarm_n', alarm, 'Readings with an alarm'),
  condition(
    'standby_n',
    standby,
    'Readings of electric power while it does not run',
  ),
  sum('standby_kw_sum', electricKw, standby, 'Electric power of standby_n, kW'),
  ...['supply_temp', 'outdoor_temp', 'brine_in_temp'].flatMap(field =>
    mean(`running_${field}`, field, running, `${field} while running`, '°C'),
  ),
];
