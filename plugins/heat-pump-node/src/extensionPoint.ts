import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { HistorySource, LiveSource } from './sources';

/** Replaces where the heat pump page gets its readings. Each may be set once. */
export interface HeatPumpSources {
  /** Instead of the live server. The plugin starts and stops it. */
  setLiveSource(source: LiveSource): void;
  /** Instead of the Homelab API. The plugin stops it. */
  setHistorySource(source: HistorySource): void;
}

/** For modules of the plugin `heat-pump`, such as of a household with another pipeline. */
export const heatPumpSourcesExtensionPoint =
  createExtensionPoint<HeatPumpSources>({ id: 'heat-pump.sources' });
