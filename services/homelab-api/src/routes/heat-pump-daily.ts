import { copOfEnergy } from '@homelab/heat-pump';
import {
  heatPumpDaySchema,
  heatPumpDaysSchema,
} from '@homelab/homelab-api-client';
import { z } from 'zod';
import { readDays } from '../heat-pump/windows.ts';
import { defineRoute } from '../http/define-route.ts';
import { rounded } from '../series/points.ts';
import { daysOf } from '../time/edges.ts';
import { rangeParameters, readRange } from '../time/parameters.ts';
import { zoneTime } from '../time/zone-time.ts';
import { heatPumpParameters, requireDevice } from './device-parameters.ts';

const hourMs = 3_600_000;

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
    const { database, siteTimeZone, now } = services;
    const nowMs = now();
    const range = readRange(query, { nowMs, defaultDays: 30, maxDays: 800 });
    const zone = zoneTime(query.timeZone ?? (await siteTimeZone()));
    const edgesMs = daysOf(range, zone.timeZone);
    const whole = { fromMs: edgesMs[0] ?? 0, toMs: edgesMs.at(-1) ?? 0 };
    spend(((whole.toMs - whole.fromMs) / hourMs) * 3);
    const days = await readDays(database, {
      deviceId,
      range: whole,
      timeZone: zone.timeZone,
    });
    if (days.length === 0) await requireDevice(database, 'heatpump', deviceId);
    const endOf = new Map(
      edgesMs.map((startMs, index) => [startMs, edgesMs[index + 1]]),
    );
    return {
      device_id: deviceId,
      time_zone: zone.timeZone,
      data: days.map(({ startMs, heatKwh, electricKwh, knownHours }) => {
        const toMs = Math.min(endOf.get(startMs) ?? nowMs, nowMs);
        const hours = Math.max(0, toMs - startMs) / hourMs;
        const coverage = hours > 0 ? Math.min(1, knownHours / hours) : 0;
        const isKnown = knownHours > 0;
        return {
          timestamp: zone.format(startMs),
          heat_kwh: isKnown ? rounded(heatKwh) : null,
          electric_kwh: isKnown ? rounded(electricKwh) : null,
          cop: rounded(copOfEnergy({ heatKwh, electricKwh, coverage })),
          coverage: rounded(coverage) ?? 0,
        };
      }),
    };
  },
});

export const heatPumpDailyRoutes = [listDays];
export const heatPumpDailyComponents = {
  HeatPumpDay: heatPumpDaySchema,
  HeatPumpDays: heatPumpDaysSchema,
};
