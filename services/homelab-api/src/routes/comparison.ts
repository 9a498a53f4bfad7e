import { dayMs } from '@homelab/heat-pump';
import {
  energyComparisonSchema,
  energySpanSchema,
  meterComparisonSchema,
} from '@homelab/homelab-api-client';
import { deviceIdSchema } from '@homelab/telemetry';
import { z } from 'zod';
import { readOutdoorHours } from '../energy/outdoor-hours.ts';
import { energyBuckets } from '../energy/energy-buckets.ts';
import { readEnergyRollups } from '../energy/energy-rollups.ts';
import type { EnergyRow } from '../energy/energy-rollups.ts';
import { sameClockOn } from '../energy/same-clock.ts';
import { similarDays } from '../energy/similar-days.ts';
import { defineRoute } from '../http/define-route.ts';
import { rounded } from '../series/points.ts';
import { daysOf } from '../time/edges.ts';
import { rangeParameters } from '../time/parameters.ts';
import { zoneTime } from '../time/zone-time.ts';
import type { ZoneTime } from '../time/zone-time.ts';

/** Days among which similar ones are searched. */
const searchedDays = 90;

const compareEnergy = defineRoute({
  operationId: 'energyComparison',
  path: '/api/v1/energy/comparison',
  summary:
    'Energy of today compared with yesterday and with days of similar outdoor temperature',
  description:
    'All until the same time of the local clock, also when the clock has changed in between. The outdoor temperature is that of the heat pumps.',
  tag: 'Energy',
  query: z.strictObject({
    timeZone: rangeParameters.timeZone,
    device_id: deviceIdSchema.optional().describe('Only this meter'),
  }),
  answer: energyComparisonSchema,
  problems: ['query_too_expensive'],
  async handle(
    { query, spend },
    { database, knownDevices, siteTimeZone, now },
  ) {
    const nowMs = now();
    const ownTimeZone = await siteTimeZone();
    const deviceIds =
      query.device_id === undefined
        ? await knownDevices('energy')
        : [query.device_id];
    const zone = zoneTime(query.timeZone ?? ownTimeZone);
    const range = { fromMs: nowMs - searchedDays * dayMs, toMs: nowMs };
    const midnights = daysOf(range, zone.timeZone);
    const whole = { fromMs: midnights[0] ?? 0, toMs: midnights.at(-1) ?? 0 };
    spend(searchedDays * 24 * 6);
    const [rows, outdoor] = await Promise.all([
      readEnergyRollups(database, {
        width: 'hour',
        range: whole,
        deviceIds,
        nowMs,
      }),
      readOutdoorHours(database, whole),
    ]);
    // The last midnight is that of tomorrow, unless it is midnight now.
    const starts = midnights.filter(startMs => startMs < nowMs);
    const spans = starts.map(fromMs => ({
      fromMs,
      toMs: fromMs === starts.at(-1) ? nowMs : sameClockOn(fromMs, nowMs, zone),
    }));
    const { today, days } = similarDays(outdoor, spans);
    const meters = Map.groupBy(rows, row => row.device_id);
    return {
      time_zone: zone.timeZone,
      outdoor_temp: rounded(today),
      data: [...meters].map(([device_id, own]) => {
        const energyOf = ([fromMs, toMs]: readonly [number, number]) =>
          spanOf(own, fromMs, toMs, nowMs, zone);
        const [last, before] = [spans.at(-1), spans.at(-2)];
        const todayFrom = last?.fromMs ?? nowMs;
        const similar = days.map(({ fromMs, toMs, outdoorTemp }) => ({
          ...energyOf([fromMs, toMs]),
          outdoor_temp: rounded(outdoorTemp) ?? 0,
        }));
        const known = similar.flatMap(({ energy_kwh }) => energy_kwh ?? []);
        return {
          device_id,
          today: energyOf([todayFrom, nowMs]),
          yesterday: energyOf([before?.fromMs ?? 0, before?.toMs ?? 1]),
          yesterday_total: energyOf([before?.fromMs ?? 0, todayFrom]),
          similar_days: similar,
          similar_mean_kwh:
            known.length === 0
              ? null
              : rounded(known.reduce((sum, one) => sum + one) / known.length),
        };
      }),
    };
  },
});

export const comparisonRoutes = [compareEnergy];
export const comparisonComponents = {
  EnergySpan: energySpanSchema,
  MeterComparison: meterComparisonSchema,
  EnergyComparison: energyComparisonSchema,
};

function spanOf(
  rows: readonly EnergyRow[],
  fromMs: number,
  toMs: number,
  nowMs: number,
  zone: ZoneTime,
) {
  // An empty span, at midnight, is written as what it is.
  const [bucket] =
    fromMs < toMs
      ? energyBuckets(rowsAround(rows, fromMs, toMs), [fromMs, toMs], nowMs)
      : [];
  return {
    from: zone.format(fromMs),
    to: zone.format(toMs),
    energy_kwh: rounded(bucket?.importKwh),
    coverage: rounded(bucket?.coverage) ?? 0,
    estimated: bucket?.estimated ?? false,
  };
}

/** The rows that a span touches, with one before and one after it. */
function rowsAround(
  rows: readonly EnergyRow[],
  fromMs: number,
  toMs: number,
): readonly EnergyRow[] {
  const after = rows.findIndex(row => row.bucket_ms > fromMs);
  const first = after === -1 ? rows.length : after;
  const behind = rows.findIndex(row => row.bucket_ms >= toMs);
  const last = behind === -1 ? rows.length : behind;
  return rows.slice(Math.max(0, first - 2), last + 1);
}
