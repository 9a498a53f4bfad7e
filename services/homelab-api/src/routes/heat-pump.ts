import { bandKinds } from '@homelab/heat-pump';
import type { Band } from '@homelab/heat-pump';
import { deviceIdSchema } from '@homelab/telemetry';
import { z } from 'zod';
import { readPowerNow } from '../heat-pump/cop-now.ts';
import { readBands } from '../heat-pump/read-bands.ts';
import { runsOf } from '../heat-pump/runs.ts';
import { summaryWindows } from '../heat-pump/summary-windows.ts';
import { readWindow } from '../heat-pump/windows.ts';
import type { HeatPumpWindow } from '../heat-pump/windows.ts';
import { defineRoute } from '../http/define-route.ts';
import { rounded } from '../series/points.ts';
import { rangeParameters, readRange } from '../time/parameters.ts';
import { zoneTime } from '../time/zone-time.ts';
import type { ZoneTime } from '../time/zone-time.ts';
import { requireDevice } from './device-parameters.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Below this coverage a COP says more of the gaps than of the machine. */
const minCoverage = 0.9;
const minElectricKwh = 0.05;
/** From so many days on the ratio is a seasonal performance factor. */
const seasonDays = 330;

const time = z.iso.datetime({ offset: true });
const number = z.number().nullable();
const params = z.object({
  deviceId: deviceIdSchema.describe('Id of the heat pump, percent-encoded'),
});

const windowSchema = z.object({
  from: time.describe('Never before the first reading of the window'),
  to: time,
  heat_kwh: number,
  electric_kwh: number,
  cop: number.describe(
    'Heat divided by electricity over the same readings; null below 90 % coverage or 0.05 kWh',
  ),
  hot_water_cop: number,
  name: z
    .enum(['COP', 'SPF'])
    .describe('SPF from 330 days on; a shorter window is named by its length'),
  coverage: z.number().describe('Part of the window in which both are known'),
  duty: number.describe('Part of the time in which the compressor ran'),
  defrost_hours: number,
  aux_heater_hours: number,
});

const summarySchema = z.object({
  device_id: z.string(),
  time_zone: z.string(),
  boundary: z
    .literal('H3')
    .describe(
      'What the electricity includes (SEPEMO): heat pump, source and auxiliary heaters, not the circulation pumps',
    ),
  now: z
    .object({ heat_kw: z.number(), electric_kw: z.number(), cop: number })
    .nullable()
    .describe('Means of the last 30 minutes; null without readings'),
  today: windowSchema.nullable(),
  last_30_days: windowSchema.nullable(),
  season: windowSchema.nullable().describe('Since the first of July'),
  last_year: windowSchema.nullable(),
});

const getSummary = defineRoute({
  operationId: 'heatPumpSummary',
  path: '/api/v1/heatpump/{deviceId}/summary',
  summary:
    'Heat, electricity and COP now, today, over 30 days, the season and a year',
  tag: 'Heatpump',
  params,
  query: z.strictObject({ timeZone: rangeParameters.timeZone }),
  answer: summarySchema,
  problems: ['device_unknown'],
  async handle({ params: { deviceId }, query, spend }, services) {
    const { database, siteTimeZone, now } = services;
    const nowMs = now();
    const ownTimeZone = await siteTimeZone();
    const zone = zoneTime(query.timeZone ?? ownTimeZone);
    spend(2 * 400 * 24);
    const windows = summaryWindows(nowMs, zone);
    const read = (fromMs: number) =>
      readWindow(database, deviceId, { fromMs, toMs: nowMs });
    const [power, today, month, season, year] = await Promise.all([
      readPowerNow(database, deviceId, nowMs),
      read(windows.today),
      read(windows.month),
      read(windows.season),
      read(windows.year),
    ]);
    if (year === undefined && power === undefined)
      await requireDevice(database, 'heatpump', deviceId);
    return {
      device_id: deviceId,
      time_zone: zone.timeZone,
      boundary: 'H3' as const,
      now:
        power === undefined
          ? null
          : {
              heat_kw: rounded(power.heatKw) ?? 0,
              electric_kw: rounded(power.electricKw) ?? 0,
              cop: rounded(power.cop),
            },
      today: windowOf(today, zone),
      last_30_days: windowOf(month, zone),
      season: windowOf(season, zone),
      last_year: windowOf(year, zone),
    };
  },
});

const bandSchema = z.object({
  kind: z.enum(bandKinds),
  from: time,
  to: time,
  open_start: z.boolean().describe('It began earlier, or in a silence'),
  open_end: z.boolean().describe('It had not ended, or ended in a silence'),
  label: z.string().nullable().describe('Names of the alarms'),
});

const eventsSchema = z.object({
  device_id: z.string(),
  time_zone: z.string(),
  truncated: z.boolean().describe('The range has more changes than are read'),
  data: z.array(bandSchema),
});

const runSchema = z.object({
  from: time,
  to: time,
  open_start: z.boolean(),
  open_end: z.boolean(),
  minutes: z.number(),
  hot_water_minutes: z.number(),
  aux_heater_minutes: z.number(),
  defrosts: z.number(),
});

const runsSchema = z.object({
  device_id: z.string(),
  time_zone: z.string(),
  truncated: z.boolean(),
  data: z.array(runSchema),
});

const rangeQuery = z.strictObject(rangeParameters);

/** What both lists read: a day of readings by default, at most what raw readings are kept for. */
async function bandsOf(
  asked: {
    params: { deviceId: string };
    query: z.output<typeof rangeQuery>;
    spend(points: number): void;
  },
  services: Parameters<typeof getSummary.run>[1],
) {
  const { deviceId } = asked.params;
  const { database, siteTimeZone, now } = services;
  const range = readRange(asked.query, {
    nowMs: now(),
    defaultDays: 1,
    maxDays: 92,
  });
  asked.spend((range.toMs - range.fromMs) / 5_000);
  const found = await readBands(database, { deviceId, range });
  if (found.bands.length === 0)
    await requireDevice(database, 'heatpump', deviceId);
  return {
    ...found,
    zone: zoneTime(asked.query.timeZone ?? (await siteTimeZone())),
  };
}

const listEvents = defineRoute({
  operationId: 'heatPumpEvents',
  path: '/api/v1/heatpump/{deviceId}/events',
  summary:
    'When it ran, heated water, defrosted, used a heater or had an alarm; the last 24 hours by default',
  tag: 'Heatpump',
  params,
  query: rangeQuery,
  answer: eventsSchema,
  problems: ['invalid_range', 'device_unknown', 'query_too_expensive'],
  async handle(asked, services) {
    const { bands, truncated, zone } = await bandsOf(asked, services);
    return {
      device_id: asked.params.deviceId,
      time_zone: zone.timeZone,
      truncated,
      data: bands.map(band => eventOf(band, zone)),
    };
  },
});

const listRuns = defineRoute({
  operationId: 'heatPumpRuns',
  path: '/api/v1/heatpump/{deviceId}/runs',
  summary: 'Each run of the compressor, the last 24 hours by default',
  tag: 'Heatpump',
  params,
  query: rangeQuery,
  answer: runsSchema,
  problems: ['invalid_range', 'device_unknown', 'query_too_expensive'],
  async handle(asked, services) {
    const { bands, truncated, zone } = await bandsOf(asked, services);
    const minutes = (ms: number) => Math.round(ms / 6_000) / 10;
    return {
      device_id: asked.params.deviceId,
      time_zone: zone.timeZone,
      truncated,
      data: runsOf(bands).map(run => ({
        from: zone.format(run.fromMs),
        to: zone.format(run.toMs),
        open_start: run.openStart,
        open_end: run.openEnd,
        minutes: minutes(run.toMs - run.fromMs),
        hot_water_minutes: minutes(run.hotWaterMs),
        aux_heater_minutes: minutes(run.auxHeaterMs),
        defrosts: run.defrosts,
      })),
    };
  },
});

export const heatPumpRoutes = [getSummary, listEvents, listRuns];
export const heatPumpComponents = {
  HeatPumpWindow: windowSchema,
  HeatPumpSummary: summarySchema,
  HeatPumpEvent: bandSchema,
  HeatPumpEvents: eventsSchema,
  HeatPumpRun: runSchema,
  HeatPumpRuns: runsSchema,
};

function eventOf(band: Band, zone: ZoneTime) {
  return {
    kind: band.kind,
    from: zone.format(Date.parse(band.from)),
    to: zone.format(Date.parse(band.to)),
    open_start: band.openStart,
    open_end: band.openEnd,
    label: band.label,
  };
}

function windowOf(window: HeatPumpWindow | undefined, zone: ZoneTime) {
  if (window === undefined) return null;
  const { fromMs, toMs, heatKwh, electricKwh } = window;
  const hours = (toMs - fromMs) / hourMs;
  const coverage = hours > 0 ? Math.min(1, window.knownHours / hours) : 0;
  const copOf = (heat: number, electric: number) =>
    coverage >= minCoverage && electric >= minElectricKwh
      ? rounded(heat / electric)
      : null;
  return {
    from: zone.format(fromMs),
    to: zone.format(toMs),
    heat_kwh: window.knownHours > 0 ? rounded(heatKwh) : null,
    electric_kwh: window.knownHours > 0 ? rounded(electricKwh) : null,
    cop: copOf(heatKwh, electricKwh),
    hot_water_cop: copOf(window.hotWaterHeatKwh, window.hotWaterElectricKwh),
    name:
      hours >= (seasonDays * dayMs) / hourMs
        ? ('SPF' as const)
        : ('COP' as const),
    coverage: rounded(coverage) ?? 0,
    duty: rounded(window.duty),
    defrost_hours: rounded(window.defrostHours),
    aux_heater_hours: rounded(window.auxHeaterHours),
  };
}
