import { hourMs, legionellaC } from '@homelab/heat-pump';
import { lifetimes } from '@homelab/telemetry';
import { epochMsSql, rollups } from '@homelab/timescale-schema';
import type { Database } from '../database/database.ts';
import type { Range } from '../time/parameters.ts';
import { followHeatPump } from './follow-heat-pump.ts';

/** Hot times that are looked at before the search is given up. */
const maxAttempts = 10;
const maxHours = 500;

const statement = {
  name: 'heatpump-hot-hours',
  text: `
    select ${epochMsSql('bucket')} as bucket_ms from ${rollups.heatpump.hourly}
    where device_id = $1 and bucket >= $2 and bucket <= $3 and hot_water_temp_max >= ${legionellaC}
    order by bucket desc limit ${maxHours}`,
};

/** When a tank was last hot for long enough. */
export interface LegionellaSearch {
  /** Milliseconds since 1970; `null` if never since `searchedFromMs`. */
  readonly lastSuccessMs: number | null;
  readonly searchedFromMs: number;
}

/**
 * Finds when the tank of a heat pump was last hot for half an hour. Hours in which it was hot at
 * all are few: only their readings are followed, the newest first, as far back as readings are
 * kept. Rejects like a query.
 */
export async function findLegionella(
  database: Database,
  { deviceId, nowMs }: { deviceId: string; nowMs: number },
): Promise<LegionellaSearch> {
  const searchedFromMs = nowMs - lifetimes.rawDays * 24 * hourMs;
  const rows = await database.rows<{ bucket_ms: number }>(statement, [
    deviceId,
    new Date(searchedFromMs),
    new Date(nowMs),
  ]);
  const hotTimes = together(rows.map(row => row.bucket_ms));
  for (const range of hotTimes.slice(0, maxAttempts)) {
    const { state } = await followHeatPump(database, {
      deviceId,
      range,
      estimate: null,
    });
    const { lastSuccessMs } = state.legionella;
    if (lastSuccessMs !== null) return { lastSuccessMs, searchedFromMs };
  }
  return { lastSuccessMs: null, searchedFromMs };
}

/** Joins neighbouring hours, of which the newest comes first. */
function together(hoursMs: readonly number[]): Range[] {
  const ranges: Range[] = [];
  for (const fromMs of hoursMs) {
    const last = ranges.at(-1);
    if (last?.fromMs === fromMs + hourMs)
      ranges[ranges.length - 1] = { ...last, fromMs };
    else ranges.push({ fromMs, toMs: fromMs + hourMs });
  }
  return ranges;
}
