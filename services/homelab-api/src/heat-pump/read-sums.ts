import { heatPumpRollupColumns, sumsFromRollup } from '@homelab/heat-pump';
import type {
  HeatPumpRollup,
  HeatPumpSums,
  PowerEstimate,
} from '@homelab/heat-pump';
import { epochMsSql, rollups } from '@homelab/timescale-schema';
import type { Database } from '../database/database.ts';
import type { Range } from '../time/parameters.ts';

/** What a heat pump did in an hour or a local day with readings. */
export interface SumsOfBucket {
  readonly startMs: number;
  /** Time of its first reading. */
  readonly firstMs: number;
  readonly sums: HeatPumpSums;
}

/**
 * Hours weighted with how long a reading of them stands for: their mean interval. Where there is
 * but one, it is the usual interval of the day. Here time is only counted; what the sums mean is the
 * matter of `sumsFromRollup`.
 */
const statement = {
  name: 'heatpump-sums',
  text: `
    with hours as (
      select *, date_trunc('day', bucket, $4) as day,
        least(
          extract(epoch from last_at - first_at) / nullif(readings - 1, 0), 3600.0 / readings
        ) * 1000 as spacing
      from ${rollups.heatpump.hourly}
      where device_id = $1 and bucket >= $2 and bucket < $3
    ), days as (
      select day, percentile_cont(0.5) within group (order by spacing) as spacing
      from hours where readings > 1 group by day
    ), weighted as (
      select hours.*,
        (case when readings > 1 then hours.spacing else days.spacing end)::double precision as weight
      from hours left join days using (day)
    )
    select ${epochMsSql("case $5 when 'day' then day else bucket end")} as start_ms,
      ${epochMsSql('min(first_at)')} as first_ms,
      ${heatPumpRollupColumns.map(name => `sum(weight * ${name}) as ${name}`).join(', ')}
    from weighted group by 1 order by 1`,
};

type Row = HeatPumpRollup & { start_ms: number; first_ms: number };

/**
 * Reads the sums of each hour or local day of a heat pump, in the order of time. The range begins
 * and ends at full hours. Rejects like a query.
 */
export async function readSums(
  database: Database,
  asked: {
    readonly deviceId: string;
    readonly range: Range;
    readonly width: 'hour' | 'day';
    /** IANA zone of the days. */
    readonly timeZone: string;
    readonly estimate: PowerEstimate | null;
  },
): Promise<SumsOfBucket[]> {
  const { deviceId, range, width, timeZone, estimate } = asked;
  const rows = await database.rows<Row & Record<string, number | null>>(
    statement,
    [deviceId, new Date(range.fromMs), new Date(range.toMs), timeZone, width],
  );
  return rows.map(row => ({
    startMs: row.start_ms,
    firstMs: row.first_ms,
    sums: sumsFromRollup(row, estimate),
  }));
}
