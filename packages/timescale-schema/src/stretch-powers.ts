import { asOfSql } from './reading-queries.ts';
import { electricKw, heatKw } from './rollups/heatpump-aggregates.ts';
import { readingTables } from './tables.ts';

/**
 * Heat and electricity of the heat pump $1 in stretches of time that begin at $2 and end at $3
 * (two arrays): for each, in their order, `readings`, how many know both powers as `paired_n`,
 * and over those the sums `heat_kw` and `electric_kw`.
 */
export function stretchPowersSql(): string {
  const { name } = readingTables.heatpump;
  return `
    select powers.*
    from unnest($2::timestamptz[], $3::timestamptz[])
      with ordinality as stretch (starts, ends, place)
    cross join lateral (
      select count(*)::integer as readings,
        count(*) filter (where is_paired)::integer as paired_n,
        sum(heat) filter (where is_paired)::double precision as heat_kw,
        sum(electric) filter (where is_paired)::double precision as electric_kw
      from (
        select ${heatKw} as heat, ${electricKw} as electric,
          (${heatKw}) is not null and ${electricKw} is not null as is_paired
        from ${name}
        where device_id = $1
          and time >= stretch.starts and time < stretch.ends + interval '1 day'
          and ${asOfSql} >= stretch.starts and ${asOfSql} < stretch.ends
      ) judged
    ) powers
    order by stretch.place`;
}
