export { LagStore } from './LagStore';
export type { ReadPollRow, StoredGroup, StoredPoll } from './LagStore';
export { LagHistory } from './LagHistory';
export { LagViews } from './LagViews';
export type { KnownCluster } from './LagViews';
