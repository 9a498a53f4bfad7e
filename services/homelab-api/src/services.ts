import type { Logger } from '@homelab/service-kit';
import type { Tariff } from './cost/tariff.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import type { DeviceLimits } from './database/device-limits.ts';
import type { KnownDevices } from './database/known-devices.ts';
import type { ExportSlots } from './export/slots.ts';
import type { HeatPumps } from './heat-pump/heat-pump-settings.ts';
import type { ApiMetrics } from './metrics.ts';
import type { SettingsFile } from './settings/settings-file.ts';

/** What handlers use. */
export interface Services {
  readonly database: Database;
  readonly knownDevices: KnownDevices;
  readonly deviceLimits: DeviceLimits;
  /** IANA zone in which days begin unless a request names another: that of the daily rollups. */
  siteTimeZone(): Promise<string>;
  readonly exportSlots: ExportSlots;
  /** Whether and how settings of heat pumps may be changed. */
  readonly control: Config['control'];
  readonly tariffFile: SettingsFile<Tariff>;
  /** Undefined if none is configured. */
  readonly heatPumpsFile: SettingsFile<HeatPumps> | undefined;
  readonly metrics: ApiMetrics;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  now(): number;
}
