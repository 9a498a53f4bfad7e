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
const hours = `
    with hours as (
      select readings, running_n, running_known_n,
        least(1, extract(epoch from last_at - first_at) / 3600.0 * readings / nullif(readings - 1, 0)) as long,
        paired_n, paired_heat_kw_sum, paired_electric_kw_sum,
        hot_water_heat_kw_sum, hot_water_electric_kw_sum, defrost_n, aux_n, bucket, first_at
      from heatpump_hourly
      where device_id = $1 and bucket >= $2 and bucket < $3
    )`;

/** Sums over hours, kWh and hours. */
const paired = `
      sum(long * paired_heat_kw_sum / readings)::double precision as heat,
      sum(long * paired_electric_kw_sum / readings)::double precision as electric,
      sum(long * paired_n / readings)::double precision as known`;

const statement = {
  name: 'heatpump-window',
  text: `${hours}
    select ${epochMsSql('min(first_at)')} as first_ms, ${paired},
      sum(long * hot_water_heat_kw_sum / readings)::double precision as hot_water_heat,
      sum(long * hot_water_electric_kw_sum / readings)::double precision as hot_water_electric,
      sum(running_n)::double precision / nullif(sum(running_known_n), 0) as duty,
      sum(long * defrost_n / readings)::double precision as defrost,
      sum(long * aux_n / readings)::double precision as aux
    from hours`,
};

const dailyStatement = {
  name: 'heatpump-days',
  text: `${hours}
    select ${epochMsSql("date_trunc('day', bucket, $4)")} as start_ms, ${paired}
    from hours group by 1 order by 1`,
};

interface Row {
  [column: string]: number | null;
}

/** Reads one window; it begins with its first reading. Undefined without any. */
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

/** What a heat pump gave and took in one local day, over the hours in which both are known. */
export interface HeatPumpDay {
  readonly startMs: number;
  readonly heatKwh: number;
  readonly electricKwh: number;
  readonly knownHours: number;
}

/** Reads the local days with readings in a range that begins and ends at midnights. */
export async function readDays(
  database: Database,
  asked: {
    readonly deviceId: string;
    readonly range: Range;
    readonly timeZone: string;
  },
): Promise<HeatPumpDay[]> {
  const { deviceId, range, timeZone } = asked;
  const rows = await database.rows<Row>(dailyStatement, [
    deviceId,
    new Date(range.fromMs),
    new Date(range.toMs),
    timeZone,
  ]);
  return rows.map(row => ({
    startMs: row.start_ms ?? 0,
    heatKwh: row.heat ?? 0,
    electricKwh: row.electric ?? 0,
    knownHours: row.known ?? 0,
  }));
}
