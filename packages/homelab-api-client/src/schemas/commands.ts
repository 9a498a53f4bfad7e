import { settingNames } from '@homelab/telemetry';
import { z } from 'zod';

const timeSchema = z.iso.datetime();
const settingSchema = z.enum(settingNames);
const valueSchema = z.union([z.number(), z.string().max(100)]);

/** The states of a command; the first two are open, the others final. */
export const commandStates = [
  'accepted',
  'published',
  'confirmed',
  'contradicted',
  'timed_out',
  'expired',
  'failed',
] as const;

/** A change of a setting, and what became of it. */
export const commandSchema = z.object({
  id: z.uuid(),
  device_id: z.string(),
  setting: settingSchema,
  label: z.string(),
  from: valueSchema,
  to: valueSchema,
  text: z.string().describe('The change in one line: Room target 20 → 21 °C'),
  state: z.enum(commandStates),
  message: z.string().describe('The state as a sentence'),
  requested_by: z.string().describe('The person, as the client named them'),
  requested_at: timeSchema,
  expires_at: timeSchema.describe('From when on it is not published any more'),
  published_at: timeSchema.nullable(),
  confirm_by: timeSchema
    .nullable()
    .describe('Until when the heat pump is waited for'),
  finished_at: timeSchema.nullable(),
  undo_of: z.uuid().nullable(),
  undone_by: z.uuid().nullable(),
  can_undo: z.boolean(),
});

/** Answer of the routes that accept a command. */
export const commandAnswerSchema = z.object({ command: commandSchema });

/** Answer of `GET /api/v1/heatpump/{deviceId}/commands`. */
export const commandsSchema = z.object({
  device_id: z.string(),
  truncated: z.boolean().describe('There are older ones'),
  data: z.array(commandSchema).describe('Newest first'),
});

/** One setting of a heat pump: what it is and may become. */
export const heatPumpSettingSchema = z.object({
  setting: settingSchema,
  label: z.string(),
  description: z.string(),
  kind: z.enum(['number', 'word']),
  unit: z.string().nullable().describe('Of a number'),
  decimals: z.int().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  step: z.number().nullable(),
  words: z
    .array(z.object({ value: z.string(), label: z.string() }))
    .describe('What a word may be; empty for a number'),
  value: valueSchema,
  value_text: z.string().describe('The value as a person reads it'),
  read_at: timeSchema.describe('When the heat pump last reported it'),
  open_command: commandSchema.nullable(),
});

/** Answer of `GET /api/v1/heatpump/{deviceId}/settings`. */
export const heatPumpSettingsSchema = z.object({
  device_id: z.string(),
  enabled: z.boolean().describe('Whether the API accepts commands at all'),
  reason: z
    .string()
    .nullable()
    .describe('Why nothing can be changed here; null when something can'),
  data: z.array(heatPumpSettingSchema),
});

/** Answer of `GET /api/v1/heatpump/{deviceId}/settings/{setting}/preview`. */
export const settingPreviewSchema = z.object({
  device_id: z.string(),
  setting: settingSchema,
  label: z.string(),
  from: valueSchema,
  to: valueSchema,
  text: z.string().describe('The change in one line: Room target 20 → 21 °C'),
  consequences: z
    .array(z.string())
    .describe('What it means for the house, as sentences'),
  refusal: z
    .string()
    .nullable()
    .describe('Why a command would be refused now; null when it would not'),
});

const personSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  // No pattern of the document: few generators of requests know these classes.
  .refine(text => !/[\p{Cc}\p{Cs}]/u.test(text), 'has control characters')
  .optional()
  .describe(
    'The person for whom a program asks; only with a token of the program itself',
  );

/** Body of `POST /api/v1/heatpump/{deviceId}/commands`. */
export const commandRequestSchema = z.strictObject({
  setting: settingSchema,
  value: valueSchema,
  on_behalf_of: personSchema,
});

/** Body of `POST /api/v1/heatpump/{deviceId}/commands/{commandId}/undo`. */
export const undoRequestSchema = z.strictObject({ on_behalf_of: personSchema });

export type Command = z.infer<typeof commandSchema>;
export type Commands = z.infer<typeof commandsSchema>;
export type CommandRequest = z.infer<typeof commandRequestSchema>;
export type CommandState = (typeof commandStates)[number];
export type HeatPumpSetting = z.infer<typeof heatPumpSettingSchema>;
export type HeatPumpSettings = z.infer<typeof heatPumpSettingsSchema>;
export type SettingPreview = z.infer<typeof settingPreviewSchema>;
