import { escapeIdentifier as quoted } from 'pg';
import { asOfSql, epochMsSql, inRangeSql } from './reading-queries.ts';
import { deviceColumn, readingTables } from './tables.ts';
import type { Column } from './tables.ts';

/** What a heat pump is told to be doing; where no flag says whether it runs, its power does. */
const state = [
  'mode',
  'alarm_codes',
  'compressor_running',
  'compressor_hz > 0',
  'case when compressor_running is null and compressor_hz is null then power_consumption_kw >= 0.15 end',
  'hot_water_active',
  'defrost_active',
  'aux_heater_3kw_on',
  'aux_heater_6kw_on',
  'aux_heater_kw > 0',
].join(', ');

/**
 * The readings of the heat pump $1 from $2 up to $3, thinned without losing a change: neighbours
 * within a slot of $4 (an interval) that tell the same state are one row, in the order of time, at
 * most $5. Each has `first_ms` and `last_ms`, the number of `readings`, a number of its `stretch` of
 * one state, and under the names of the fields numbers as means and all else as it was.
 */
export function heatPumpMomentsSql(fields: readonly string[]): string {
  const { name, measurementColumns } = readingTables.heatpump;
  const columns = measurementColumns.filter(column =>
    fields.includes(column.name),
  );
  const names = columns.map(column => quoted(column.name)).join(', ');
  return `
    with judged as (
      select ${asOfSql} as at, row(${state}) as state, ${names}
      from ${quoted(name)}
      where ${quoted(deviceColumn)} = $1 and ${inRangeSql}
    ), compared as (
      select *, state is distinct from lag(state) over (order by at) as is_change from judged
    ), counted as (
      select *, count(*) filter (where is_change) over (order by at) as stretch from compared
    )
    select ${epochMsSql('min(at)')} as first_ms, ${epochMsSql('max(at)')} as last_ms,
      count(*)::integer as readings, stretch::integer,
      ${columns.map(overStretch).join(', ')}
    from counted
    group by stretch, time_bucket($4::interval, at)
    order by 1 limit $5`;
}

function overStretch({ name, type }: Column): string {
  const column = quoted(name);
  switch (type) {
    case 'double precision':
      return `avg(${column}) as ${column}`;
    case 'boolean':
      return `bool_and(${column}) as ${column}`;
    default:
      return `min(${column}) as ${column}`;
  }
}
