import type {
  Command,
  CommandRequest,
  Commands,
  HeatPumpSettings,
  SettingPreview,
} from '@homelab/homelab-api-client';

/** A change that a person wants: the name of a setting and its new value. */
export type SettingChange = Pick<CommandRequest, 'setting' | 'value'>;

/** Where the settings of a heat pump come from and go to; methods reject with a sentence. */
export interface SettingsApi {
  /** `enabled` and `reason` are about this person. */
  getSettings(
    deviceId: string,
    options?: { signal?: AbortSignal },
  ): Promise<HeatPumpSettings>;
  previewSetting(
    deviceId: string,
    change: SettingChange,
    options?: { signal?: AbortSignal },
  ): Promise<SettingPreview>;
  /** The same key asks for the same change, however often it is sent. */
  changeSetting(
    deviceId: string,
    change: SettingChange,
    idempotencyKey: string,
  ): Promise<Command>;
  undoSetting(
    deviceId: string,
    commandId: string,
    idempotencyKey: string,
  ): Promise<Command>;
  getCommands(
    deviceId: string,
    options?: { signal?: AbortSignal },
  ): Promise<Commands>;
}
