import { aheadPenaltyMs, clockToleranceMs } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { escapeIdentifier as quoted } from 'pg';
import { deviceColumn, readingTables } from './tables.ts';
import { walkDevicesSql } from './walk-devices.ts';

/**
 * A time as milliseconds since 1970, exact to the microsecond, which `pg` gives as a number. In
 * floating point, since EXTRACT gives a numeric, with which this takes ten times as long.
 */
export const epochMsSql = (expression: string) =>
  `(round(date_part('epoch', ${expression}) * 1e6) / 1e3)`;

const received = 'coalesce(received_at, stored_at)';

/** `asOfMs` of a row: no reading is made after it arrived. */
export const asOfSql = `least(time, ${received})`;
const asOf = asOfSql;
const epochMs = epochMsSql;

/** `rankMs` of a row. */
const rank = `case
  when time - ${received} > interval '${clockToleranceMs} milliseconds'
  then ${received} - interval '${aheadPenaltyMs} milliseconds'
  else ${asOf} end`;

/**
 * The highest ranking row of a device. It ranks at least as high as the row with the latest
 * time, and no row ranks above its own time, so the index on time bounds the search.
 */
function newestRow(
  stream: Stream,
  columns: string,
  deviceId: string,
  after?: string,
): string {
  const { name } = readingTables[stream];
  const bound = after === undefined ? '' : ` and time > ${after}`;
  const rows = `from ${quoted(name)} where ${quoted(deviceColumn)} = ${deviceId}${bound}`;
  return `
    select ${columns} ${rows}
      and time >= (select ${rank} ${rows} order by time desc limit 1)
    order by ${rank} desc, time desc limit 1`;
}

/**
 * The first $1 devices after the id $2 ('' for the start), in the order of their ids: each with
 * the time of its newest reading, and the row with the latest time, which differs if the clock
 * of the device was ahead.
 */
export function devicesSql(stream: Stream): string {
  const { name } = readingTables[stream];
  return `
    with recursive ${walkDevicesSql(readingTables[stream], { after: '$2' })}
    select devices.id as device_id, newest.as_of,
      furthest.time as furthest_time, furthest.received as furthest_received
    from devices
    cross join lateral (${newestRow(stream, `${asOf} as as_of`, 'devices.id')}
    ) newest
    cross join lateral (
      select time, ${received} as received from ${quoted(name)}
      where ${quoted(deviceColumn)} = devices.id order by time desc limit 1
    ) furthest
    where devices.id is not null
    limit $1`;
}

/** The three times of a row in milliseconds, and its measurements under their own names. */
function readingColumns(stream: Stream): string {
  const { measurementColumns } = readingTables[stream];
  return [
    `${epochMs('time')} as measured_ms`,
    `${epochMs(received)} as received_ms`,
    `${epochMs(asOf)} as as_of_ms`,
    ...measurementColumns.map(({ name }) => quoted(name)),
  ].join(', ');
}

/** Every device of a stream as `id`, in their order and at most $1. */
export function deviceIdsSql(stream: Stream): string {
  return `
    with recursive ${walkDevicesSql(readingTables[stream])}
    select id from devices where id is not null limit $1`;
}

/**
 * The newest row after the time $2 of each of the devices $1: its `rank_ms`, its times as
 * `measured_ms`, `received_ms` and `as_of_ms`, the id as `device_id`, and the measurements
 * under their own names. The bound spares opening every chunk. A row that does not rank behind
 * it need not be the newest of its device: an earlier one may rank higher.
 */
export function newestReadingsSql(stream: Stream): string {
  const columns = `${epochMs(rank)} as rank_ms, ${readingColumns(stream)}`;
  return `
    select devices.id as device_id, newest.*
    from unnest($1::text[]) with ordinality as devices (id, position)
    cross join lateral (
      ${newestRow(stream, columns, 'devices.id', '$2')}
    ) newest
    order by devices.position`;
}

/**
 * When the newest readings of each of the devices $1 were made, as `device_id` and `times_ms`, the
 * newest first and at most $2 of each: how often a device sends.
 */
export function recentTimesSql(stream: Stream): string {
  const { name } = readingTables[stream];
  return `
    select devices.id as device_id, array(
      select ${epochMs(asOf)} from ${quoted(name)}
      where ${quoted(deviceColumn)} = devices.id order by time desc limit $2
    ) as times_ms
    from unnest($1::text[]) as devices (id)`;
}

/** How far ahead stored times are searched; by default the bridge rejects more. */
const maxAhead = `interval '1 day'`;

/** Rows from $2 up to $3; the bounds on time make use of the index. */
export const inRangeSql = `time >= $2 and time < $3::timestamptz + ${maxAhead}
        and ${asOf} >= $2 and ${asOf} < $3`;

/**
 * One row per point with readings: its start, its first and last reading, their number, how many
 * of them hold estimated values, and mean, minimum and maximum of each field as `f0_mean`, `f0_min`, `f0_max`.
 */
export function pointsSql(stream: Stream, fields: readonly string[]): string {
  const { name } = readingTables[stream];
  const columns = fields.map((field, index) => {
    const column = quoted(field);
    return `avg(${column}) as f${index}_mean, min(${column}) as f${index}_min, max(${column}) as f${index}_max`;
  });
  return `
    select ${[
      `${epochMs(`time_bucket($4::interval, ${asOf})`)} as start_ms`,
      `${epochMs(`min(${asOf})`)} as first_ms`,
      `${epochMs(`max(${asOf})`)} as last_ms`,
      'count(*)::double precision as readings',
      'count(*) filter (where cardinality(estimated) > 0)::double precision as estimated_n',
      ...columns,
    ].join(', ')}
    from ${quoted(name)}
    where ${quoted(deviceColumn)} = $1 and ${inRangeSql}
    group by start_ms order by start_ms`;
}
