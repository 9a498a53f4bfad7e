import { settingsFormats } from '@homelab/heat-pump-settings';
import { isSettingName, settingNames } from '@homelab/telemetry';
import type { Setting, SettingName, SettingValue } from '@homelab/telemetry';
import type { Query, Statement } from '../database/database.ts';

/** A setting of a heat pump as it last reported it. */
export interface KnownSetting {
  readonly name: SettingName;
  /** What the format of the device allows. */
  readonly allowed: Setting;
  readonly value: SettingValue;
  readonly readAtMs: number;
}

const statement: Statement = {
  name: 'heat-pump-settings',
  text: `SELECT setting, value, format, extract(epoch FROM read_at)::float8 * 1000 AS read_ms
    FROM heat_pump_settings WHERE device_id = $1`,
};

/** Only its settings are used here, which do not depend on the names of devices. */
const formats = new Map(
  settingsFormats({ thermiq: { clientPrefix: '' } }).map(
    format => [format.name, format] as const,
  ),
);

/** The settings that a heat pump has reported, in the order of pages. */
export async function readKnownSettings(
  query: Query,
  deviceId: string,
): Promise<readonly KnownSetting[]> {
  const rows = await query<{
    setting: string;
    value: SettingValue;
    format: string;
    read_ms: number;
  }>(statement, [deviceId]);
  return rows
    .flatMap(({ setting: name, value, format, read_ms: readAtMs }) => {
      const allowed = isSettingName(name)
        ? formats.get(format)?.settings[name]?.allowed
        : undefined;
      // Written by a version with other settings.
      if (allowed === undefined || !isSettingName(name)) return [];
      return [{ name, allowed, value, readAtMs }];
    })
    .sort(
      (one, other) =>
        settingNames.indexOf(one.name) - settingNames.indexOf(other.name),
    );
}
