import type { SettingsApi } from '@homelab/plugin-heat-pump-react';
import { api } from '../api/api.ts';

/** The settings of heat pumps; the page's own server adds who asks for a change. */
export const settingsApi: SettingsApi = {
  getSettings: (deviceId, options) => api.heatPumpSettings(deviceId, options),
  previewSetting: (deviceId, change, options) =>
    api.previewSetting(deviceId, change, options),
  changeSetting: (deviceId, change, idempotencyKey) =>
    api.requestCommand(deviceId, change, idempotencyKey),
  undoSetting: (deviceId, commandId, idempotencyKey) =>
    api.undoCommand(deviceId, commandId, {}, idempotencyKey),
  getCommands: (deviceId, options) => api.commands(deviceId, {}, options),
};
