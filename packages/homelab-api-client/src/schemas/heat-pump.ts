import { eventTitles, runKinds, severities } from '@homelab/heat-pump';
import type { EventKind } from '@homelab/heat-pump';
import { z } from 'zod';
import { knownNumberSchema, zonedTimeSchema } from './time.ts';

const estimatedSchema = z
  .boolean()
  .describe('Part of it stands in for a meter that is missing');

/** Heat, electricity and figures of a heat pump over a window of time. */
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
  space_cop: knownNumberSchema.describe(
    'Of heating the rooms, without standby',
  ),
  hot_water_cop: knownNumberSchema,
  name: z
    .enum(['COP', 'SPF'])
    .describe('SPF from 330 days on; a shorter window is named by its length'),
  coverage: z.number().describe('Part of the window in which both are known'),
  estimated: estimatedSchema,
  duty: knownNumberSchema.describe(
    'Part of the time in which the compressor ran',
  ),
  defrost_hours: knownNumberSchema,
  aux_heater_hours: knownNumberSchema,
  aux_heater_kwh: knownNumberSchema,
  standby_w: knownNumberSchema.describe(
    'Electricity while the compressor stood still, as mean power over the whole time, W',
  ),
  supply_temp: knownNumberSchema.describe('Mean while the compressor ran, °C'),
  carnot_share: knownNumberSchema.describe(
    'COP divided by that of an ideal machine at the same temperatures; 0 to 1',
  ),
  heat_loss_w_per_k: knownNumberSchema.describe(
    'Heat for the rooms per kelvin between them and outdoors, W/K',
  ),
  kwh_per_degree_hour: knownNumberSchema.describe(
    'Heat for the rooms per degree-hour below 17 °C outdoors, kWh',
  ),
});

/** Something that the readings warn of. */
export const heatPumpWarningSchema = z.object({
  kind: z.enum(Object.keys(eventTitles) as [EventKind, ...EventKind[]]),
  severity: z.enum(severities),
  at: zonedTimeSchema.describe('When it became sure'),
  active: z.boolean().describe('Still the case at the newest reading'),
  title: z.string().describe('What it is, in words'),
  evidence: z
    .string()
    .nullable()
    .describe('The numbers that show it, or the names of the alarms'),
});

/** When the tank was last hot enough against legionella; it does not certify that water is safe. */
export const heatPumpLegionellaSchema = z.object({
  last_success_at: zonedTimeSchema
    .nullable()
    .describe(
      'When it had been at 60 °C or more for 30 minutes; null if never',
    ),
  searched_from: zonedTimeSchema.describe('Readings before are not kept'),
  interval_days: z
    .number()
    .nullable()
    .describe('How often its owner wants it; null if that is not configured'),
  overdue: z
    .boolean()
    .nullable()
    .describe('By more than a day; null without an interval'),
});

/** How the compressor ran. */
export const heatPumpCyclesSchema = z.object({
  runs: z.number(),
  median_minutes: knownNumberSchema.describe(
    'Of the runs seen from start to end',
  ),
  shortest_minutes: knownNumberSchema,
  short_share: knownNumberSchema.describe(
    'Part of these under 10 minutes, neither for hot water nor with a defrost; 0 to 1',
  ),
});

/** What a circuit heats with. */
export const emitterKinds = ['radiators', 'floor'] as const;

const partSchema = z.boolean().nullable();

/** What the heating consists of, as configured; the page draws the rest from readings. */
export const heatPumpInstallationSchema = z.object({
  source: z.enum(['air', 'ground']).nullable(),
  buffer_tank: partSchema,
  circuits: z
    .array(z.enum(emitterKinds))
    .nullable()
    .describe('What each circuit of the house heats with, one or two'),
  hot_water_tank: partSchema,
  aux_heater: partSchema,
  electricity_meter: partSchema,
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
      estimated: estimatedSchema,
    })
    .nullable()
    .describe('Means of the last 30 minutes; null without readings of both'),
  today: heatPumpWindowSchema.nullable(),
  last_30_days: heatPumpWindowSchema.nullable(),
  season: heatPumpWindowSchema.nullable().describe('Since the first of July'),
  last_year: heatPumpWindowSchema.nullable(),
  last_24_hours: heatPumpCyclesSchema,
  warnings: z
    .array(heatPumpWarningSchema)
    .describe('Of the last 24 hours, the newest first'),
  legionella: heatPumpLegionellaSchema,
  installation: heatPumpInstallationSchema.describe(
    'What the heating consists of; null is not configured',
  ),
  settings_unavailable: z
    .string()
    .nullable()
    .describe('Why the file of API_HEAT_PUMPS_FILE is not used; else null'),
});

/** A stretch of time in which something was the case at a heat pump. */
export const heatPumpEventSchema = z.object({
  kind: z.enum(runKinds),
  from: zonedTimeSchema,
  to: zonedTimeSchema,
  open_start: z
    .boolean()
    .describe('It began before the range or while readings were missing'),
  open_end: z
    .boolean()
    .describe('It has not ended, or readings were missing at its end'),
  label: z.string().nullable().describe('Names of the alarms'),
});

/** Answer of `GET /api/v1/heatpump/{deviceId}/events`. */
export const heatPumpEventsSchema = z.object({
  device_id: z.string(),
  time_zone: z.string(),
  truncated: z
    .boolean()
    .describe('The range has more changes than are read; the list ends early'),
  data: z.array(heatPumpEventSchema),
});

/** One run of the compressor, of hot water, of a defrost or of the auxiliary heater. */
export const heatPumpRunSchema = z.object({
  from: zonedTimeSchema,
  to: zonedTimeSchema,
  open_start: z.boolean(),
  open_end: z.boolean(),
  minutes: z.number(),
  hot_water_minutes: z.number(),
  aux_heater_minutes: z.number(),
  defrosts: z.number(),
  tank_start_temp: knownNumberSchema.describe('Hot water tank, °C'),
  tank_end_temp: knownNumberSchema,
  outdoor_temp: knownNumberSchema.describe('At its start, °C'),
  heat_kwh: knownNumberSchema,
  electric_kwh: knownNumberSchema,
  aux_heater_kwh: knownNumberSchema,
  cop: knownNumberSchema.describe(
    'Null unless both are known for 90 % of the run',
  ),
  estimated: estimatedSchema,
});

/** Answer of `GET /api/v1/heatpump/{deviceId}/runs`. */
export const heatPumpRunsSchema = z.object({
  device_id: z.string(),
  time_zone: z.string(),
  kind: z.enum(runKinds),
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
  estimated: estimatedSchema,
});

/** Answer of `GET /api/v1/heatpump/{deviceId}/daily`. */
export const heatPumpDaysSchema = z.object({
  device_id: z.string(),
  time_zone: z.string(),
  data: z.array(heatPumpDaySchema).describe('Days with readings'),
});

export type HeatPumpDays = z.infer<typeof heatPumpDaysSchema>;
export type HeatPumpWarning = z.infer<typeof heatPumpWarningSchema>;
export type HeatPumpLegionella = z.infer<typeof heatPumpLegionellaSchema>;
export type HeatPumpWindow = z.infer<typeof heatPumpWindowSchema>;
export type HeatPumpInstallation = z.infer<typeof heatPumpInstallationSchema>;
export type HeatPumpSummary = z.infer<typeof heatPumpSummarySchema>;
export type HeatPumpEvents = z.infer<typeof heatPumpEventsSchema>;
export type HeatPumpRun = z.infer<typeof heatPumpRunSchema>;
export type HeatPumpRuns = z.infer<typeof heatPumpRunsSchema>;
