import { epochMsSql } from '@homelab/timescale-schema';
import type { Database } from '../database/database.ts';
import type { Range } from '../time/parameters.ts';

/** What a heat pump gave and took in a window of time, over the hours in which both are known. */
export interface HeatPumpWindow extends Range {
  readonly heatKwh: number;
  readonly electricKwh: number;
  readonly hotWaterHeatKwh: number;
  readonly hotWaterElectricKwh: number;
  /** Hours in which both are known. */
  readonly knownHours: number;
  /** Share of the readings in which it ran; `null` where they do not say. */
  readonly duty: number | null;
  readonly defrostHours: number;
  readonly auxHeaterHours: number;
}

/**
 * Hours are weighted by how long their readings last: the time between first and last, and one
 * interval more. A COP is the ratio of two such sums.
 */
const statement = {
  name: 'heatpump-window',
  text: `
    with hours as (
      select readings, running_n, running_known_n,
        least(1, extract(epoch from last_at - first_at) / 3600.0 * readings / nullif(readings - 1, 0)) as long,
        paired_n, paired_heat_kw_sum, paired_electric_kw_sum,
        hot_water_heat_kw_sum, hot_water_electric_kw_sum, defrost_n, aux_n, bucket
      from heatpump_hourly
      where device_id = $1 and bucket >= $2 and bucket < $3
    )
    select ${epochMsSql('min(bucket)')} as first_ms,
      sum(long * paired_heat_kw_sum / readings)::double precision as heat,
      sum(long * paired_electric_kw_sum / readings)::double precision as electric,
      sum(long * hot_water_heat_kw_sum / readings)::double precision as hot_water_heat,
      sum(long * hot_water_electric_kw_sum / readings)::double precision as hot_water_electric,
      sum(long * paired_n / readings)::double precision as known,
      sum(running_n)::double precision / nullif(sum(running_known_n), 0) as duty,
      sum(long * defrost_n / readings)::double precision as defrost,
      sum(long * aux_n / readings)::double precision as aux
    from hours`,
};

interface Row {
  [column: string]: number | null;
}

/** Reads one window; it begins with its first hour that has readings. Undefined without any. */
export async function readWindow(
  database: Database,
  deviceId: string,
  { fromMs, toMs }: Range,
): Promise<HeatPumpWindow | undefined> {
  const [row] = await database.rows<Row>(statement, [
    deviceId,
    new Date(fromMs),
    new Date(toMs),
  ]);
  const firstMs = row?.first_ms;
  if (row === undefined || firstMs === null || firstMs === undefined)
    return undefined;
  return {
    fromMs: Math.max(fromMs, firstMs),
    toMs,
    heatKwh: row.heat ?? 0,
    electricKwh: row.electric ?? 0,
    hotWaterHeatKwh: row.hot_water_heat ?? 0,
    hotWaterElectricKwh: row.hot_water_electric ?? 0,
    knownHours: row.known ?? 0,
    duty: row.duty ?? null,
    defrostHours: row.defrost ?? 0,
    auxHeaterHours: row.aux ?? 0,
  };
}
