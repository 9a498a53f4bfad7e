import {
  changeText,
  consequencesOf,
  settingText,
} from '@homelab/heat-pump-settings';
import {
  heatPumpSettingSchema,
  heatPumpSettingsSchema,
  settingPreviewSchema,
} from '@homelab/homelab-api-client';
import { deviceIdSchema, settingNames } from '@homelab/telemetry';
import { z } from 'zod';
import { commandOf, openCommands } from '../commands/commands.ts';
import { readKnownSettings } from '../commands/known-settings.ts';
import type { KnownSetting } from '../commands/known-settings.ts';
import {
  controlOff,
  noSettings,
  planChange,
  requireControl,
} from '../commands/plan-change.ts';
import { defineRoute } from '../http/define-route.ts';
import { ProblemError } from '../http/problems.ts';
import { heatPumpParameters, requireDevice } from './device-parameters.ts';

const settingsOfHeatPump = defineRoute({
  operationId: 'heatPumpSettings',
  path: '/api/v1/heatpump/{deviceId}/settings',
  summary: 'The settings that can be changed, with bounds and what they are',
  tag: 'Settings',
  params: heatPumpParameters,
  answer: heatPumpSettingsSchema,
  problems: ['device_unknown'],
  async handle({ params: { deviceId }, spend }, { database, control }) {
    spend(10);
    const known = await readKnownSettings(database.rows, deviceId);
    if (known.length === 0) await requireDevice(database, 'heatpump', deviceId);
    const open = await openCommands(database.rows, deviceId);
    const missing = known.length === 0 ? noSettings : null;
    return {
      device_id: deviceId,
      enabled: control.isOn,
      reason: control.isOn ? missing : controlOff,
      data: known.map(setting => {
        const command = open.find(one => one.setting === setting.name);
        return {
          ...settingOf(setting),
          open_command: command ? commandOf(command, known) : null,
        };
      }),
    };
  },
});

function settingOf({ name, allowed, value, readAtMs }: KnownSetting) {
  const number = allowed.kind === 'number' ? allowed : undefined;
  const words = allowed.kind === 'word' ? Object.entries(allowed.words) : [];
  return {
    setting: name,
    label: allowed.label,
    description: allowed.description,
    kind: allowed.kind,
    unit: number?.unit ?? null,
    decimals: number?.decimals ?? null,
    min: number?.min ?? null,
    max: number?.max ?? null,
    step: number?.step ?? null,
    words: words.map(([word, label]) => ({ value: word, label })),
    value,
    value_text: settingText(name, value),
    read_at: new Date(readAtMs).toISOString(),
  };
}

const preview = defineRoute({
  operationId: 'previewSetting',
  path: '/api/v1/heatpump/{deviceId}/settings/{setting}/preview',
  summary: 'What a change of a setting would do, without doing it',
  tag: 'Settings',
  scope: 'settings:write',
  params: z.object({
    deviceId: deviceIdSchema.describe('Id of the heat pump, percent-encoded'),
    setting: z.enum(settingNames).describe('Name of the setting'),
  }),
  query: z.strictObject({
    value: z.string().min(1).max(100).describe('What it would become'),
  }),
  answer: settingPreviewSchema,
  problems: ['control_off', 'setting_unknown'],
  async handle({ params, query, spend }, { database, control, now }) {
    spend(10);
    requireControl(control);
    const { deviceId, setting: name } = params;
    const known = await readKnownSettings(database.rows, deviceId);
    const open = await openCommands(database.rows, deviceId);
    const isNumber = known.some(
      one => one.name === name && one.allowed.kind === 'number',
    );
    const to = isNumber ? Number(query.value) : query.value;
    const plan = () =>
      planChange({
        name,
        to,
        known,
        changing: open.map(({ setting }) => setting),
        nowMs: now(),
      });
    const refusal = refusalFrom(plan);
    const setting = known.find(one => one.name === name);
    // Without one, planning has thrown.
    if (setting === undefined) throw new Error('The setting is not known.');
    const from = setting.value;
    return {
      device_id: deviceId,
      setting: name,
      label: setting.allowed.label,
      from,
      to: Number.isNaN(to) ? query.value : to,
      text: changeText(name, from, to),
      consequences: refusal === null ? consequencesOf(name, from, to) : [],
      refusal,
    };
  },
});

function refusalFrom(plan: () => unknown): string | null {
  try {
    plan();
    return null;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code === 'setting_unknown')
      throw error;
    return error.message;
  }
}

export const settingRoutes = [settingsOfHeatPump, preview];
export const settingComponents = {
  HeatPumpSetting: heatPumpSettingSchema,
  HeatPumpSettings: heatPumpSettingsSchema,
  SettingPreview: settingPreviewSchema,
};
