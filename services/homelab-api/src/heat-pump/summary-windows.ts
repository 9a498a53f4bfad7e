import { dayEdges } from '@homelab/heat-pump';
import type { ZoneTime } from '../time/zone-time.ts';

const dayMs = 24 * 3_600_000;
/** Heating begins in autumn; a season is counted from the first of July. */
const seasonMonth = 6;

/** When each window of a summary begins, milliseconds since 1970; all end now. */
export function summaryWindows(nowMs: number, zone: ZoneTime) {
  const midnightOf = (ms: number) => dayEdges(ms, ms, zone.timeZone)[0] ?? ms;
  const local = new Date(nowMs + zone.offsetMs(nowMs));
  const year =
    local.getUTCFullYear() - (local.getUTCMonth() < seasonMonth ? 1 : 0);
  const noon = Date.UTC(year, seasonMonth, 1, 12);
  return {
    today: midnightOf(nowMs),
    month: nowMs - 30 * dayMs,
    // By local noon of that day.
    season: midnightOf(noon - zone.offsetMs(noon)),
    year: nowMs - 365 * dayMs,
  };
}
