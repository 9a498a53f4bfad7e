import { dayMs, hourMs } from '@homelab/heat-pump';
import { seriesSchema } from '@homelab/homelab-api-client';
import { lifetimes } from '@homelab/telemetry';
import { findGaps, minGapMs } from '@homelab/timescale-schema';
import { z } from 'zod';
import { defineRoute } from '../http/define-route.ts';
import { readFields } from '../series/fields.ts';
import { readRawPoints } from '../series/raw-points.ts';
import { readRollupPoints } from '../series/rollup-points.ts';
import { daysOf, hoursOf } from '../time/edges.ts';
import { rangeParameters, readRange } from '../time/parameters.ts';
import type { Range } from '../time/parameters.ts';
import { zoneTime } from '../time/zone-time.ts';
import type { ZoneTime } from '../time/zone-time.ts';
import { deviceParameters, requireDevice } from './device-parameters.ts';

/** No device of ours sends more often for long; what a query costs is counted by it. */
const fastestIntervalMs = 5_000;

const maxDays = { raw: 92, hour: 800, day: 4_000 } as const;

type Source = keyof typeof maxDays;

const querySchema = z.strictObject({
  ...rangeParameters,
  bucket: z
    .enum(['auto', 'raw', 'hour', 'day'])
    .default('auto')
    .describe(
      'What to read: readings, hours or local days; auto takes readings up to 3 days, hours up to 62',
    ),
  fields: z
    .string()
    .max(2_000)
    .optional()
    .describe('Names of number fields, separated by commas; all by default'),
  maxPoints: z.coerce
    .number()
    .int()
    .min(2)
    .max(5_000)
    .default(500)
    .describe(
      'Maximum number of points made from readings; each keeps its minimum and maximum',
    ),
});

const getSeries = defineRoute({
  operationId: 'getSeries',
  path: '/api/v1/devices/{stream}/{deviceId}/series',
  summary: 'Values of a device over time, the last 24 hours by default',
  tag: 'Devices',
  params: deviceParameters,
  query: querySchema,
  answer: seriesSchema,
  problems: ['invalid_range', 'device_unknown', 'query_too_expensive'],
  async handle({ params, query, spend }, { database, siteTimeZone, now }) {
    const { stream, deviceId } = params;
    const fields = readFields(stream, query.fields);
    const nowMs = now();
    const longest = query.bucket === 'auto' ? 'day' : query.bucket;
    const range = readRange(query, {
      nowMs,
      defaultDays: 1,
      maxDays: maxDays[longest],
    });
    const source = chooseSource(query.bucket, range, nowMs);
    spend(costOf(source, range) * fields.length);
    const ownTimeZone = await siteTimeZone();
    const zone = zoneTime(query.timeZone ?? ownTimeZone);
    const asked = { stream, deviceId, fields };
    const points =
      source === 'raw'
        ? await readRawPoints(database, {
            ...asked,
            range,
            maxPoints: query.maxPoints,
          })
        : await readRollupPoints(database, {
            ...asked,
            range: wholeBuckets(source, range, zone),
            width: source,
            otherTimeZone:
              source === 'day' && zone.timeZone !== ownTimeZone
                ? zone.timeZone
                : undefined,
          });
    if (points.startMs.length === 0)
      await requireDevice(database, stream, deviceId);
    // The future is not missing.
    const toMs = Math.max(range.fromMs, Math.min(range.toMs, nowMs));
    const { gaps, coverage } = findGaps(
      points.spans,
      { fromMs: range.fromMs, toMs },
      minGapMs[stream],
    );
    return {
      stream,
      deviceId,
      from: zone.format(range.fromMs),
      to: zone.format(range.toMs),
      timeZone: zone.timeZone,
      source,
      bucketSeconds: points.bucketMs === null ? null : points.bucketMs / 1_000,
      time: points.startMs.map(ms => zone.format(ms)),
      readings: points.spans.map(({ readings }) => readings),
      estimated: points.estimated,
      series: points.series,
      gaps: gaps.map(({ from, to }) => ({
        from: zone.format(Date.parse(from)),
        to: zone.format(Date.parse(to)),
      })),
      coverage,
    };
  },
});

export const seriesRoutes = [getSeries];
export const seriesComponents = { Series: seriesSchema };

/** Readings live for a while only; before that there are hours. */
function chooseSource(
  bucket: 'auto' | Source,
  { fromMs, toMs }: Range,
  nowMs: number,
): Source {
  if (bucket !== 'auto') return bucket;
  const days = (toMs - fromMs) / dayMs;
  const isKept = fromMs >= nowMs - lifetimes.rawDays * dayMs;
  if (days <= 3 && isKept) return 'raw';
  return days <= 62 ? 'hour' : 'day';
}

/** The hours or local days that the range touches. */
function wholeBuckets(
  source: 'hour' | 'day',
  range: Range,
  { timeZone }: ZoneTime,
): Range {
  const edges = source === 'hour' ? hoursOf(range) : daysOf(range, timeZone);
  return {
    fromMs: edges[0] ?? range.fromMs,
    toMs: edges.at(-1) ?? range.toMs,
  };
}

/** Stored values of one field that the range may hold. */
function costOf(source: Source, { fromMs, toMs }: Range): number {
  const stepMs = { raw: fastestIntervalMs, hour: hourMs, day: dayMs }[source];
  return Math.ceil((toMs - fromMs) / stepMs);
}
