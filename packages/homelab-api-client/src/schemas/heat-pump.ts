import { bandKinds } from '@homelab/heat-pump';
import { z } from 'zod';
import { knownNumberSchema, zonedTimeSchema } from './time.ts';

/** What a heat pump gave and took in a window of time. */
export const heatPumpWindowSchema = z.object({
  from: zonedTimeSchema.describe(
    'Never before the first reading of the window',
  ),
  to: zonedTimeSchema,
  heat_kwh: knownNumberSchema,
  electric_kwh: knownNumberSchema,
  cop: knownNumberSchema.describe(
    'Heat divided by electricity over the same readings; null below 90 % coverage or 0.05 kWh',
  ),
  hot_water_cop: knownNumberSchema,
  name: z
    .enum(['COP', 'SPF'])
    .describe('SPF from 330 days on; a shorter window is named by its length'),
  coverage: z.number().describe('Part of the window in which both are known'),
  duty: knownNumberSchema.describe(
    'Part of the time in which the compressor ran',
  ),
  defrost_hours: knownNumberSchema,
  aux_heater_hours: knownNumberSchema,
});

/** Answer of `GET /api/v1/heatpump/{deviceId}/summary`. */
export const heatPumpSummarySchema = z.object({
  device_id: z.string(),
  time_zone: z.string(),
  boundary: z
    .literal('H3')
    .describe(
      'What the electricity includes (SEPEMO): heat pump, source and auxiliary heaters, not the circulation pumps',
    ),
  now: z
    .object({
      heat_kw: z.number(),
      electric_kw: z.number(),
      cop: knownNumberSchema,
    })
    .nullable()
    .describe('Means of the last 30 minutes; null without readings'),
  today: heatPumpWindowSchema.nullable(),
  last_30_days: heatPumpWindowSchema.nullable(),
  season: heatPumpWindowSchema.nullable().describe('Since the first of July'),
  last_year: heatPumpWindowSchema.nullable(),
});

/** A stretch of time in which something was the case at a heat pump. */
export const heatPumpEventSchema = z.object({
  kind: z.enum(bandKinds),
  from: zonedTimeSchema,
  to: zonedTimeSchema,
  open_start: z.boolean().describe('It began earlier, or in a silence'),
  open_end: z.boolean().describe('It had not ended, or ended in a silence'),
  label: z.string().nullable().describe('Names of the alarms'),
});

/** Answer of `GET /api/v1/heatpump/{deviceId}/events`. */
export const heatPumpEventsSchema = z.object({
  device_id: z.string(),
  time_zone: z.string(),
  truncated: z.boolean().describe('The range has more changes than are read'),
  data: z.array(heatPumpEventSchema),
});

/** One run of the compressor. */
export const heatPumpRunSchema = z.object({
  from: zonedTimeSchema,
  to: zonedTimeSchema,
  open_start: z.boolean(),
  open_end: z.boolean(),
  minutes: z.number(),
  hot_water_minutes: z.number(),
  aux_heater_minutes: z.number(),
  defrosts: z.number(),
  heat_kwh: knownNumberSchema,
  electric_kwh: knownNumberSchema,
  cop: knownNumberSchema.describe(
    'Null unless both are known for 90 % of the run',
  ),
});

/** Answer of `GET /api/v1/heatpump/{deviceId}/runs`. */
export const heatPumpRunsSchema = z.object({
  device_id: z.string(),
  time_zone: z.string(),
  truncated: z.boolean(),
  data: z.array(heatPumpRunSchema),
});

/** Heat and electricity of a heat pump in one local day. */
export const heatPumpDaySchema = z.object({
  timestamp: zonedTimeSchema.describe('Start of the day, with its offset'),
  heat_kwh: knownNumberSchema,
  electric_kwh: knownNumberSchema,
  cop: knownNumberSchema.describe('Null below 90 % coverage or 0.05 kWh'),
  coverage: z
    .number()
    .describe(
      'Part of the day, as far as it has passed, in which both are known',
    ),
});

/** Answer of `GET /api/v1/heatpump/{deviceId}/daily`. */
export const heatPumpDaysSchema = z.object({
  device_id: z.string(),
  time_zone: z.string(),
  data: z.array(heatPumpDaySchema).describe('Days with readings'),
});

export type HeatPumpDays = z.infer<typeof heatPumpDaysSchema>;
export type HeatPumpWindow = z.infer<typeof heatPumpWindowSchema>;
export type HeatPumpSummary = z.infer<typeof heatPumpSummarySchema>;
export type HeatPumpEvents = z.infer<typeof heatPumpEventsSchema>;
export type HeatPumpRun = z.infer<typeof heatPumpRunSchema>;
export type HeatPumpRuns = z.infer<typeof heatPumpRunsSchema>;
