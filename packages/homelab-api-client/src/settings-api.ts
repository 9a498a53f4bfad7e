import type { SettingName, SettingValue } from '@homelab/telemetry';
import type { Ask, AskOptions } from './ask.ts';
import {
  commandAnswerSchema,
  commandsSchema,
  heatPumpSettingsSchema,
  settingPreviewSchema,
} from './schemas/commands.ts';
import type {
  Command,
  CommandRequest,
  Commands,
  HeatPumpSettings,
  SettingPreview,
} from './schemas/commands.ts';

/** The settings of heat pumps in the API. Methods reject with a `HomelabApiError`. */
export interface HeatPumpSettingsApi {
  /** The settings that can be changed, with bounds and what they are. */
  heatPumpSettings(
    deviceId: string,
    options?: AskOptions,
  ): Promise<HeatPumpSettings>;
  /** What a change would do. */
  previewSetting(
    deviceId: string,
    change: { readonly setting: SettingName; readonly value: SettingValue },
    options?: AskOptions,
  ): Promise<SettingPreview>;
  /** Asks for a change; the same key asks for it once, however often it is sent. */
  requestCommand(
    deviceId: string,
    request: CommandRequest,
    idempotencyKey: string,
    options?: AskOptions,
  ): Promise<Command>;
  /** Asks for the value from before a command. */
  undoCommand(
    deviceId: string,
    commandId: string,
    request: { readonly on_behalf_of?: string | undefined },
    idempotencyKey: string,
    options?: AskOptions,
  ): Promise<Command>;
  /** Every change that was asked for, newest first. */
  commands(
    deviceId: string,
    query?: { readonly limit?: number },
    options?: AskOptions,
  ): Promise<Commands>;
}

/** Creates that part of the client. */
export function createSettingsApi({ get, post }: Ask): HeatPumpSettingsApi {
  return {
    heatPumpSettings: (deviceId, options) =>
      get(
        ['heatpump', deviceId, 'settings'],
        {},
        heatPumpSettingsSchema,
        options,
      ),
    previewSetting: (deviceId, { setting, value }, options) =>
      get(
        ['heatpump', deviceId, 'settings', setting, 'preview'],
        { value },
        settingPreviewSchema,
        options,
      ),
    async requestCommand(deviceId, body, idempotencyKey, options) {
      const path = ['heatpump', deviceId, 'commands'];
      const request = { body, idempotencyKey };
      return (await post(path, request, commandAnswerSchema, options)).command;
    },
    async undoCommand(deviceId, commandId, body, idempotencyKey, options) {
      const path = ['heatpump', deviceId, 'commands', commandId, 'undo'];
      const request = { body, idempotencyKey };
      return (await post(path, request, commandAnswerSchema, options)).command;
    },
    commands: (deviceId, query = {}, options) =>
      get(['heatpump', deviceId, 'commands'], query, commandsSchema, options),
  };
}
