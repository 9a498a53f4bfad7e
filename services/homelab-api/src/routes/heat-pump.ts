import { minuteMs } from '@homelab/heat-pump';
import type { Run } from '@homelab/heat-pump';
import {
  heatPumpEventSchema,
  heatPumpEventsSchema,
  heatPumpRunSchema,
  heatPumpRunsSchema,
} from '@homelab/homelab-api-client';
import { figuresOf, runKinds } from '@homelab/heat-pump';
import { z } from 'zod';
import { boundary } from '../heat-pump/boundary.ts';
import { followHeatPump } from '../heat-pump/follow-heat-pump.ts';
import { readHeatPumpSettings } from '../heat-pump/heat-pump-settings.ts';
import { defineRoute } from '../http/define-route.ts';
import { rounded } from '../series/points.ts';
import type { Services } from '../services.ts';
import { rangeParameters, readRange } from '../time/parameters.ts';
import { zoneTime } from '../time/zone-time.ts';
import type { ZoneTime } from '../time/zone-time.ts';
import {
  heatPumpParameters as params,
  requireDevice,
} from './device-parameters.ts';

const rangeQuery = z.strictObject(rangeParameters);

/** What both lists read: a day of readings by default, at most what raw readings are kept for. */
async function readLog(
  asked: {
    params: { deviceId: string };
    query: z.output<typeof rangeQuery>;
    spend(points: number): void;
  },
  services: Services,
) {
  const { deviceId } = asked.params;
  const { database, siteTimeZone, heatPumpsFile, now } = services;
  const range = readRange(asked.query, {
    nowMs: now(),
    defaultDays: 1,
    maxDays: 92,
  });
  asked.spend((range.toMs - range.fromMs) / 5_000);
  const { estimate } = await readHeatPumpSettings(heatPumpsFile, deviceId);
  const log = await followHeatPump(database, { deviceId, range, estimate });
  if (log.state.before === null)
    await requireDevice(database, 'heatpump', deviceId);
  return {
    ...log,
    zone: zoneTime(asked.query.timeZone ?? (await siteTimeZone())),
  };
}

const listEvents = defineRoute({
  operationId: 'heatPumpEvents',
  path: '/api/v1/heatpump/{deviceId}/events',
  summary:
    'Periods in which it ran, heated water, defrosted, used an auxiliary heater or had an alarm; the last 24 hours by default',
  tag: 'Heatpump',
  params,
  query: rangeQuery,
  answer: heatPumpEventsSchema,
  problems: ['invalid_range', 'device_unknown', 'query_too_expensive'],
  async handle(asked, services) {
    const { runs, truncated, zone } = await readLog(asked, services);
    return {
      device_id: asked.params.deviceId,
      time_zone: zone.timeZone,
      truncated,
      data: runs.map(run => ({
        kind: run.kind,
        ...spanOf(run, zone),
        label: run.label,
      })),
    };
  },
});

const listRuns = defineRoute({
  operationId: 'heatPumpRuns',
  path: '/api/v1/heatpump/{deviceId}/runs',
  summary: 'Each run of the compressor, the last 24 hours by default',
  description:
    'With `kind`, each run of hot water, of a defrost or of the auxiliary heater.',
  tag: 'Heatpump',
  params,
  query: rangeQuery.extend({
    kind: z.enum(runKinds).default('compressor').describe('Runs of what'),
  }),
  answer: heatPumpRunsSchema,
  problems: ['invalid_range', 'device_unknown', 'query_too_expensive'],
  async handle(asked, services) {
    const { kind } = asked.query;
    const { runs, truncated, zone } = await readLog(asked, services);
    return {
      device_id: asked.params.deviceId,
      time_zone: zone.timeZone,
      kind,
      truncated,
      data: runs.filter(run => run.kind === kind).map(run => runOf(run, zone)),
    };
  },
});

export const heatPumpRoutes = [listEvents, listRuns];
export const heatPumpComponents = {
  HeatPumpEvent: heatPumpEventSchema,
  HeatPumpEvents: heatPumpEventsSchema,
  HeatPumpRun: heatPumpRunSchema,
  HeatPumpRuns: heatPumpRunsSchema,
};

function spanOf(run: Run, zone: ZoneTime) {
  return {
    from: zone.format(run.fromMs),
    to: zone.format(run.toMs),
    open_start: run.openStart,
    open_end: run.openEnd,
  };
}

function runOf(run: Run, zone: ZoneTime) {
  const { sums } = run;
  const { performance, auxKwh } = figuresOf(sums, run, boundary);
  const isKnown = sums.pairedMs > 0;
  const minutes = (ms: number) => Math.round((ms / minuteMs) * 10) / 10;
  return {
    ...spanOf(run, zone),
    minutes: minutes(run.toMs - run.fromMs),
    hot_water_minutes: minutes(sums.hotWaterMs),
    aux_heater_minutes: minutes(sums.auxMs),
    defrosts: run.defrosts,
    tank_start_temp: rounded(run.tankStartC),
    tank_end_temp: rounded(run.tankEndC),
    outdoor_temp: rounded(run.outdoorStartC),
    heat_kwh: isKnown ? rounded(performance.heatKwh) : null,
    electric_kwh: isKnown ? rounded(performance.electricKwh) : null,
    aux_heater_kwh: rounded(auxKwh),
    cop: rounded(performance.value),
    estimated: performance.estimated,
  };
}
