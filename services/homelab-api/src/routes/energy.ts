import { dayMs } from '@homelab/heat-pump';
import {
  energyBucketSchema,
  energyBucketsSchema,
} from '@homelab/homelab-api-client';
import { deviceIdSchema } from '@homelab/telemetry';
import { z } from 'zod';
import { energyBuckets } from '../energy/energy-buckets.ts';
import type { EnergyBucket } from '../energy/energy-buckets.ts';
import { readEnergyRollups } from '../energy/energy-rollups.ts';
import { defineRoute } from '../http/define-route.ts';
import { rounded } from '../series/points.ts';
import { daysOf, hoursOf } from '../time/edges.ts';
import { rangeParameters, readRange } from '../time/parameters.ts';
import { zoneTime } from '../time/zone-time.ts';
import type { ZoneTime } from '../time/zone-time.ts';

const querySchema = z.strictObject({
  ...rangeParameters,
  device_id: deviceIdSchema
    .optional()
    .describe('Only this meter; all by default'),
});

/** The widest range, and the usual one, of each width. */
const widths = {
  hour: { defaultDays: 1, maxDays: 400, perDay: 24 },
  day: { defaultDays: 30, maxDays: 4_000, perDay: 1 },
} as const;

/** Counters and power of a row. */
const valuesPerRow = 5;

function energyRoute(width: keyof typeof widths) {
  const { defaultDays, maxDays, perDay } = widths[width];
  const per = width === 'hour' ? 'hour' : 'local day';
  return defineRoute({
    operationId: width === 'hour' ? 'energyHourly' : 'energyDaily',
    path: `/api/v1/energy/${width === 'hour' ? 'hourly' : 'daily'}`,
    summary: `Energy of each ${per}, the last ${width === 'hour' ? '24 hours' : '30 days'} by default`,
    description: `Energy comes from the meter's counters, interpolated at both edges, so that nothing falls between two buckets. Buckets that the range only touches are whole.`,
    tag: 'Energy',
    query: querySchema,
    answer: energyBucketsSchema,
    problems: ['invalid_range', 'query_too_expensive'],
    async handle(
      { query, spend },
      { database, knownDevices, siteTimeZone, now },
    ) {
      const nowMs = now();
      const range = readRange(query, { nowMs, defaultDays, maxDays });
      const ownTimeZone = await siteTimeZone();
      const deviceIds =
        query.device_id === undefined
          ? await knownDevices('energy')
          : [query.device_id];
      const zone = zoneTime(query.timeZone ?? ownTimeZone);
      // Days of another zone are made from hours.
      const isOwnDay = width === 'day' && zone.timeZone === ownTimeZone;
      const edgesMs =
        width === 'day' ? daysOf(range, zone.timeZone) : hoursOf(range);
      const whole = { fromMs: edgesMs[0] ?? 0, toMs: edgesMs.at(-1) ?? 0 };
      const rowsPerDay = isOwnDay ? perDay : 24;
      spend(((whole.toMs - whole.fromMs) / dayMs) * rowsPerDay * valuesPerRow);
      const rows = await readEnergyRollups(database, {
        width: isOwnDay ? 'day' : 'hour',
        range: whole,
        deviceIds,
        nowMs,
      });
      return {
        time_zone: zone.timeZone,
        data: energyBuckets(rows, edgesMs, nowMs).map(bucket =>
          answerOf(bucket, zone),
        ),
      };
    },
  });
}

function answerOf(bucket: EnergyBucket, zone: ZoneTime) {
  return {
    timestamp: zone.format(bucket.fromMs),
    device_id: bucket.deviceId,
    energy_kwh: rounded(bucket.importKwh),
    production_kwh: rounded(bucket.exportKwh),
    power_kw: rounded(bucket.power.mean),
    power_kw_min: rounded(bucket.power.min),
    power_kw_max: rounded(bucket.power.max),
    coverage: rounded(bucket.coverage) ?? 0,
    estimated: bucket.estimated,
  };
}

export const energyRoutes = [energyRoute('hour'), energyRoute('day')];
export const energyComponents = {
  EnergyBucket: energyBucketSchema,
  EnergyBuckets: energyBucketsSchema,
};
