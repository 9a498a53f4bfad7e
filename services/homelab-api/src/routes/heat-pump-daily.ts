import { figuresOf, hourMs } from '@homelab/heat-pump';
import {
  heatPumpDaySchema,
  heatPumpDaysSchema,
} from '@homelab/homelab-api-client';
import { z } from 'zod';
import { boundary } from '../heat-pump/boundary.ts';
import { readHeatPumpSettings } from '../heat-pump/heat-pump-settings.ts';
import { readSums } from '../heat-pump/read-sums.ts';
import type { SumsOfBucket } from '../heat-pump/read-sums.ts';
import { defineRoute } from '../http/define-route.ts';
import { rounded, roundedDown } from '../series/points.ts';
import { daysOf } from '../time/edges.ts';
import { rangeParameters, readRange } from '../time/parameters.ts';
import { zoneTime } from '../time/zone-time.ts';
import type { ZoneTime } from '../time/zone-time.ts';
import { heatPumpParameters, requireDevice } from './device-parameters.ts';

const listDays = defineRoute({
  operationId: 'heatPumpDaily',
  path: '/api/v1/heatpump/{deviceId}/daily',
  summary:
    'Heat, electricity and COP of each local day, the last 30 days by default',
  description:
    'Over the readings that know both. Days that the range only touches are whole; days without readings are left out.',
  tag: 'Heatpump',
  params: heatPumpParameters,
  query: z.strictObject(rangeParameters),
  answer: heatPumpDaysSchema,
  problems: ['invalid_range', 'device_unknown', 'query_too_expensive'],
  async handle({ params: { deviceId }, query, spend }, services) {
    const { database, siteTimeZone, heatPumpsFile, now } = services;
    const nowMs = now();
    const range = readRange(query, { nowMs, defaultDays: 30, maxDays: 800 });
    const zone = zoneTime(query.timeZone ?? (await siteTimeZone()));
    const edgesMs = daysOf(range, zone.timeZone);
    const whole = { fromMs: edgesMs[0] ?? 0, toMs: edgesMs.at(-1) ?? 0 };
    spend(((whole.toMs - whole.fromMs) / hourMs) * 3);
    const { estimate } = await readHeatPumpSettings(heatPumpsFile, deviceId);
    const days = await readSums(database, {
      deviceId,
      range: whole,
      width: 'day',
      timeZone: zone.timeZone,
      estimate,
    });
    if (days.length === 0) await requireDevice(database, 'heatpump', deviceId);
    const endOf = new Map(
      edgesMs.map((startMs, index) => [startMs, edgesMs[index + 1]]),
    );
    return {
      device_id: deviceId,
      time_zone: zone.timeZone,
      data: days.map(day =>
        dayOf(day, Math.min(endOf.get(day.startMs) ?? nowMs, nowMs), zone),
      ),
    };
  },
});

export const heatPumpDailyRoutes = [listDays];
export const heatPumpDailyComponents = {
  HeatPumpDay: heatPumpDaySchema,
  HeatPumpDays: heatPumpDaysSchema,
};

function dayOf({ startMs, sums }: SumsOfBucket, toMs: number, zone: ZoneTime) {
  const { performance } = figuresOf(sums, { fromMs: startMs, toMs }, boundary);
  const isKnown = sums.pairedMs > 0;
  return {
    timestamp: zone.format(startMs),
    heat_kwh: isKnown ? rounded(performance.heatKwh) : null,
    electric_kwh: isKnown ? rounded(performance.electricKwh) : null,
    cop: rounded(performance.value),
    coverage: roundedDown(performance.coverage),
    estimated: performance.estimated,
  };
}
