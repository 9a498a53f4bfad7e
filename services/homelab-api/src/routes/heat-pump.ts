import { copOfEnergy, performanceOf } from '@homelab/heat-pump';
import type { Band } from '@homelab/heat-pump';
import {
  heatPumpEventSchema,
  heatPumpEventsSchema,
  heatPumpRunSchema,
  heatPumpRunsSchema,
  heatPumpSummarySchema,
  heatPumpWindowSchema,
} from '@homelab/homelab-api-client';
import { z } from 'zod';
import { readPowerNow } from '../heat-pump/cop-now.ts';
import { readBands } from '../heat-pump/read-bands.ts';
import { readRunFigures } from '../heat-pump/run-powers.ts';
import { runsOf } from '../heat-pump/runs.ts';
import { summaryWindows } from '../heat-pump/summary-windows.ts';
import { readWindow } from '../heat-pump/windows.ts';
import type { HeatPumpWindow } from '../heat-pump/windows.ts';
import { defineRoute } from '../http/define-route.ts';
import { rounded } from '../series/points.ts';
import { rangeParameters, readRange } from '../time/parameters.ts';
import { zoneTime } from '../time/zone-time.ts';
import type { ZoneTime } from '../time/zone-time.ts';
import {
  heatPumpParameters as params,
  requireDevice,
} from './device-parameters.ts';

const hourMs = 3_600_000;
/** The electricity of a heat pump covers its source and its auxiliary heaters. */
const boundary = 'H3' as const;

const getSummary = defineRoute({
  operationId: 'heatPumpSummary',
  path: '/api/v1/heatpump/{deviceId}/summary',
  summary:
    'Heat, electricity and COP now, today, over 30 days, the season and a year',
  tag: 'Heatpump',
  params,
  query: z.strictObject({ timeZone: rangeParameters.timeZone }),
  answer: heatPumpSummarySchema,
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
      boundary,
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
  answer: heatPumpEventsSchema,
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
  answer: heatPumpRunsSchema,
  problems: ['invalid_range', 'device_unknown', 'query_too_expensive'],
  async handle(asked, services) {
    const { bands, truncated, zone } = await bandsOf(asked, services);
    const runs = runsOf(bands);
    const { deviceId } = asked.params;
    const figures = await readRunFigures(services.database, deviceId, runs);
    const minutes = (ms: number) => Math.round(ms / 6_000) / 10;
    return {
      device_id: deviceId,
      time_zone: zone.timeZone,
      truncated,
      data: runs.map((run, place) => ({
        from: zone.format(run.fromMs),
        to: zone.format(run.toMs),
        open_start: run.openStart,
        open_end: run.openEnd,
        minutes: minutes(run.toMs - run.fromMs),
        hot_water_minutes: minutes(run.hotWaterMs),
        aux_heater_minutes: minutes(run.auxHeaterMs),
        defrosts: run.defrosts,
        ...(figures[place] ?? unknownFigures),
      })),
    };
  },
});

const unknownFigures = { heat_kwh: null, electric_kwh: null, cop: null };

export const heatPumpRoutes = [getSummary, listEvents, listRuns];
export const heatPumpComponents = {
  HeatPumpWindow: heatPumpWindowSchema,
  HeatPumpSummary: heatPumpSummarySchema,
  HeatPumpEvent: heatPumpEventSchema,
  HeatPumpEvents: heatPumpEventsSchema,
  HeatPumpRun: heatPumpRunSchema,
  HeatPumpRuns: heatPumpRunsSchema,
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
  const { value, kind } = performanceOf(
    { heatKwh, electricKwh, coverage, estimated: false },
    { fromMs, toMs },
    boundary,
  );
  return {
    from: zone.format(fromMs),
    to: zone.format(toMs),
    heat_kwh: window.knownHours > 0 ? rounded(heatKwh) : null,
    electric_kwh: window.knownHours > 0 ? rounded(electricKwh) : null,
    cop: rounded(value),
    hot_water_cop: rounded(
      copOfEnergy({
        heatKwh: window.hotWaterHeatKwh,
        electricKwh: window.hotWaterElectricKwh,
        coverage,
      }),
    ),
    name: kind,
    // Downwards: 0.8999 is too little for a COP and must not read as the 0.9 that is enough.
    coverage: Math.floor(coverage * 1_000) / 1_000,
    duty: rounded(window.duty),
    defrost_hours: rounded(window.defrostHours),
    aux_heater_hours: rounded(window.auxHeaterHours),
  };
}
