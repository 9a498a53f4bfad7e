import {
  dayMs,
  isLegionellaOverdue,
  minuteMs,
  runStatistics,
} from '@homelab/heat-pump';
import {
  heatPumpCyclesSchema,
  heatPumpInstallationSchema,
  heatPumpLegionellaSchema,
  heatPumpSummarySchema,
  heatPumpWarningSchema,
  heatPumpWindowSchema,
} from '@homelab/homelab-api-client';
import type { HeatPumpLegionella } from '@homelab/homelab-api-client';
import { z } from 'zod';
import { boundary } from '../heat-pump/boundary.ts';
import { followHeatPump } from '../heat-pump/follow-heat-pump.ts';
import type { HeatPumpLog } from '../heat-pump/follow-heat-pump.ts';
import { readHeatPumpSettings } from '../heat-pump/heat-pump-settings.ts';
import { findLegionella } from '../heat-pump/legionella.ts';
import { readPowerNow } from '../heat-pump/power-now.ts';
import type { PowerNow } from '../heat-pump/power-now.ts';
import { readSummaryWindows } from '../heat-pump/summary-windows.ts';
import { warningsOf } from '../heat-pump/warnings.ts';
import { defineRoute } from '../http/define-route.ts';
import { rounded } from '../series/points.ts';
import type { Range } from '../time/parameters.ts';
import { rangeParameters } from '../time/parameters.ts';
import { zoneTime } from '../time/zone-time.ts';
import {
  heatPumpParameters as params,
  requireDevice,
} from './device-parameters.ts';

const getSummary = defineRoute({
  operationId: 'heatPumpSummary',
  path: '/api/v1/heatpump/{deviceId}/summary',
  summary:
    'Heat, electricity and COP now, today, over 30 days, the season and a year; warnings and legionella',
  tag: 'Heatpump',
  params,
  query: z.strictObject({ timeZone: rangeParameters.timeZone }),
  answer: heatPumpSummarySchema,
  problems: ['device_unknown'],
  async handle({ params: { deviceId }, query, spend }, services) {
    const { database, siteTimeZone, heatPumpsFile, now } = services;
    const nowMs = now();
    const ownTimeZone = await siteTimeZone();
    const zone = zoneTime(query.timeZone ?? ownTimeZone);
    spend(2 * 400 * 24 + dayMs / 5_000);
    const settings = await readHeatPumpSettings(heatPumpsFile, deviceId);
    const asked = { deviceId, nowMs, zone, estimate: settings.estimate };
    const lastDay = { fromMs: nowMs - dayMs, toMs: nowMs + 1 };
    // One after the other: a page must not take every connection to the database.
    const windows = await readSummaryWindows(database, asked);
    const power = await readPowerNow(database, asked);
    const log = await followHeatPump(database, { ...asked, range: lastDay });
    const found = await findLegionella(database, { deviceId, nowMs });
    const { firstMs } = windows;
    if (firstMs === null && log.state.before === null)
      await requireDevice(database, 'heatpump', deviceId);
    const { legionellaIntervalDays } = settings;
    const legionella: HeatPumpLegionella = {
      last_success_at:
        found.lastSuccessMs === null ? null : zone.format(found.lastSuccessMs),
      searched_from: zone.format(found.searchedFromMs),
      interval_days: legionellaIntervalDays,
      overdue:
        legionellaIntervalDays === null
          ? null
          : isLegionellaOverdue(
              found.lastSuccessMs,
              Math.max(firstMs ?? nowMs, found.searchedFromMs),
              legionellaIntervalDays,
              nowMs,
            ),
    };
    return {
      device_id: deviceId,
      time_zone: zone.timeZone,
      boundary,
      now: power === undefined ? null : powerOf(power),
      today: windows.today,
      last_30_days: windows.month,
      season: windows.season,
      last_year: windows.year,
      last_24_hours: cyclesOf(log, lastDay),
      warnings: warningsOf(log, zone),
      legionella,
      installation: settings.installation,
      settings_unavailable: settings.unavailable,
    };
  },
});

export const heatPumpSummaryRoutes = [getSummary];
export const heatPumpSummaryComponents = {
  HeatPumpWindow: heatPumpWindowSchema,
  HeatPumpCycles: heatPumpCyclesSchema,
  HeatPumpWarning: heatPumpWarningSchema,
  HeatPumpLegionella: heatPumpLegionellaSchema,
  HeatPumpInstallation: heatPumpInstallationSchema,
  HeatPumpSummary: heatPumpSummarySchema,
};

function powerOf({ heatKw, electricKw, cop, isEstimated }: PowerNow) {
  return {
    heat_kw: rounded(heatKw),
    electric_kw: rounded(electricKw),
    cop: rounded(cop),
    estimated: isEstimated,
  };
}

function cyclesOf({ runs }: HeatPumpLog, window: Range) {
  const statistics = runStatistics(runs, window);
  const minutes = (ms: number | null) => rounded(ms && ms / minuteMs);
  return {
    runs: statistics.runs,
    median_minutes: minutes(statistics.medianMs),
    shortest_minutes: minutes(statistics.shortestMs),
    short_share: rounded(statistics.shortCycleScore),
  };
}
