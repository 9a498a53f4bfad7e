export { LagStore } from './LagStore';
export type { ReadPollRow, StoredGroup } from './LagStore';
export { LagHistory } from './LagHistory';
export { LagViews } from './LagViews';
