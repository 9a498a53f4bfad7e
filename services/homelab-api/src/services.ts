import type { Logger } from '@homelab/service-kit';
import type { TariffFile } from './cost/tariff-file.ts';
import type { Database } from './database/database.ts';
import type { KnownDevices } from './database/known-devices.ts';
import type { ExportSlots } from './export/slots.ts';
import type { ApiMetrics } from './metrics.ts';

/** What handlers use. */
export interface Services {
  readonly database: Database;
  readonly knownDevices: KnownDevices;
  /** IANA zone in which days begin unless a request names another: that of the daily rollups. */
  siteTimeZone(): Promise<string>;
  readonly exportSlots: ExportSlots;
  readonly tariffFile: TariffFile;
  readonly metrics: ApiMetrics;
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  now(): number;
}
