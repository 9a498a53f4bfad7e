export { heatPumpSourcesExtensionPoint } from './extensionPoint';
export type { HeatPumpSources } from './extensionPoint';
export type {
  HistoryQuery,
  HistoryResult,
  HistorySource,
  LiveSource,
  StoredDevice,
} from './sources';
