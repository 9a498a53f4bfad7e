export { timescaleExplorerApiRef } from './TimescaleExplorerApi';
export type { TimescaleExplorerApi } from './TimescaleExplorerApi';
export { TimescaleExplorerClient } from './TimescaleExplorerClient';
export { useExplorer } from './useExplorer';
