export { LagAlerts } from './LagAlerts';
export type { SeenGroups } from './LagAlerts';
