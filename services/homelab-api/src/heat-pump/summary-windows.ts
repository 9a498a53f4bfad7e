import {
  addSums,
  dayEdges,
  dayMs,
  figuresOf,
  hourMs,
  noSums,
} from '@homelab/heat-pump';
import type { PowerEstimate } from '@homelab/heat-pump';
import type { HeatPumpWindow } from '@homelab/homelab-api-client';
import type { Database } from '../database/database.ts';
import { rounded, roundedDown } from '../series/points.ts';
import type { ZoneTime } from '../time/zone-time.ts';
import { boundary } from './boundary.ts';
import { readSums } from './read-sums.ts';
import type { SumsOfBucket } from './read-sums.ts';

/** Heating begins in autumn; a season is counted from the first of July. */
const seasonMonth = 6;

/** The windows of a summary; `null` without a reading in it. */
export interface SummaryWindows {
  readonly today: HeatPumpWindow | null;
  readonly month: HeatPumpWindow | null;
  readonly season: HeatPumpWindow | null;
  readonly year: HeatPumpWindow | null;
  /** The first reading of the year, milliseconds since 1970. */
  readonly firstMs: number | null;
}

/**
 * Reads today and the last 30 days from hours, the season and the last 365 days from local days.
 * Rejects like a query.
 */
export async function readSummaryWindows(
  database: Database,
  asked: {
    readonly deviceId: string;
    readonly nowMs: number;
    readonly zone: ZoneTime;
    readonly estimate: PowerEstimate | null;
  },
): Promise<SummaryWindows> {
  const { nowMs, zone } = asked;
  const starts = startsOf(nowMs, zone);
  const read = (width: 'hour' | 'day', fromMs: number) =>
    readSums(database, {
      ...asked,
      width,
      range: { fromMs, toMs: nowMs },
      timeZone: zone.timeZone,
    });
  const [hours, days] = await Promise.all([
    read('hour', starts.month),
    read('day', starts.year),
  ]);
  const since = (buckets: readonly SumsOfBucket[], fromMs: number) =>
    windowOf(
      buckets.filter(({ startMs }) => startMs >= fromMs),
      { fromMs, toMs: nowMs },
      zone,
    );
  return {
    today: since(hours, starts.today),
    month: since(hours, starts.month),
    season: since(days, starts.season),
    year: since(days, starts.year),
    firstMs: days[0]?.firstMs ?? null,
  };
}

/** When each window begins, milliseconds since 1970. */
function startsOf(nowMs: number, zone: ZoneTime) {
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
    year: midnightOf(nowMs - 365 * dayMs),
  };
}

/** The figures of a window, which begins with its first reading. */
function windowOf(
  buckets: readonly SumsOfBucket[],
  { fromMs: askedMs, toMs }: { fromMs: number; toMs: number },
  zone: ZoneTime,
): HeatPumpWindow | null {
  const [first] = buckets;
  if (first === undefined) return null;
  const fromMs = Math.max(askedMs, first.firstMs);
  const sums = buckets.map(bucket => bucket.sums).reduce(addSums, noSums);
  const figures = figuresOf(sums, { fromMs, toMs }, boundary);
  const { performance } = figures;
  const isKnown = sums.pairedMs > 0;
  const hours = (ms: number) => rounded(ms / hourMs);
  return {
    from: zone.format(fromMs),
    to: zone.format(toMs),
    heat_kwh: isKnown ? rounded(performance.heatKwh) : null,
    electric_kwh: isKnown ? rounded(performance.electricKwh) : null,
    cop: rounded(performance.value),
    space_cop: rounded(figures.space.value),
    hot_water_cop: rounded(figures.hotWater.value),
    name: performance.kind,
    coverage: roundedDown(performance.coverage),
    estimated: performance.estimated,
    duty: rounded(figures.duty),
    defrost_hours: hours(sums.defrostMs),
    aux_heater_hours: hours(sums.auxMs),
    aux_heater_kwh: rounded(figures.auxKwh),
    standby_w: rounded(figures.standbyW),
    supply_temp: rounded(figures.supplyC),
    carnot_share: rounded(figures.carnotShare),
    heat_loss_w_per_k: rounded(figures.heatLossWPerK),
    kwh_per_degree_hour: rounded(figures.kwhPerDegreeHour),
  };
}
