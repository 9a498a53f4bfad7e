import { epochMsSql } from './reading-queries.ts';
import { bucketColumn, rollups } from './rollups/rollups.ts';
import { deviceColumn } from './tables.ts';

/** The counters of an electricity meter. */
const energyCounters = ['total_energy_kwh', 'total_production_kwh'] as const;

/** The width of a rollup. */
export type RollupWidth = 'hour' | 'day';

/**
 * Hours or local days of the meters $1 from $2 until before $3, by meter and time: `device_id`,
 * `bucket_ms`, `estimated_n`, `power_kw_sum`, `_n`, `_min`, `_max`, and of each counter `_first`,
 * `_last` and `_n`, with `_first_ms` and `_last_ms` for when. `_min` and `_max` with their times
 * are NULL where they are the first and the last value, as those of a counter mostly are: that
 * spares a third of the answer.
 */
export function energyRollupsSql(width: RollupWidth): string {
  return `
    select ${columns} from ${viewOf(width)}
    where ${deviceColumn} = any ($1) and ${bucketColumn} >= $2 and ${bucketColumn} < $3
    order by ${deviceColumn}, ${bucketColumn}`;
}

/** The last, or with `asc` the first, rows of each meter in that range in which a counter was read. */
export function nearestEnergyRollupsSql(
  width: RollupWidth,
  direction: 'asc' | 'desc',
  rows: number,
): string {
  return `
    select row.* from unnest($1::text[]) as devices (id)
    cross join lateral (
      select ${columns} from ${viewOf(width)}
      where ${deviceColumn} = devices.id and ${bucketColumn} >= $2 and ${bucketColumn} < $3
        and (${energyCounters.map(name => `${name}_n > 0`).join(' or ')})
      order by ${bucketColumn} ${direction} limit ${rows}
    ) row`;
}

function viewOf(width: RollupWidth): string {
  return width === 'hour' ? rollups.energy.hourly : rollups.energy.daily;
}

const columns = [
  deviceColumn,
  `${epochMsSql(bucketColumn)} as bucket_ms`,
  'estimated_n',
  ...['sum', 'n', 'min', 'max'].map(part => `power_kw_${part}`),
  ...energyCounters.flatMap(counterColumns),
].join(', ');

function counterColumns(name: string): string[] {
  const end = (part: string) => [
    `${name}_${part}`,
    `${epochMsSql(`${name}_${part}_at`)} as ${name}_${part}_ms`,
  ];
  const extreme = (part: string, isOther: string) => [
    `case when ${isOther} then ${name}_${part} end as ${name}_${part}`,
    `case when ${isOther} then ${epochMsSql(`${name}_${part}_at`)} end as ${name}_${part}_ms`,
  ];
  return [
    ...end('first'),
    ...end('last'),
    ...extreme('min', `${name}_min < ${name}_first`),
    ...extreme('max', `${name}_max > ${name}_last`),
    `${name}_n`,
  ];
}
