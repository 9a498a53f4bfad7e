import { heishamonSettings } from './heishamon.ts';
import type { SettingsFormat } from './settings-format.ts';
import { createThermiqSettings } from './thermiq.ts';
import type { ThermiqNames } from './thermiq.ts';

/** Every device format whose settings can be written. */
export function settingsFormats(options: {
  thermiq: ThermiqNames;
}): readonly SettingsFormat[] {
  return [createThermiqSettings(options.thermiq), heishamonSettings];
}

const anyName = { thermiq: { clientPrefix: '' } };

/** Every MQTT topic filter of messages that report a setting. */
export const reportFilters: readonly string[] = settingsFormats(
  anyName,
).flatMap(format => format.reportFilters);

/** Every MQTT topic filter of messages that change a setting. */
export const writeFilters: readonly string[] = settingsFormats(anyName).flatMap(
  format => format.writeFilters,
);
