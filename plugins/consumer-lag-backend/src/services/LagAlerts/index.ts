export { LagAlerts } from './LagAlerts';
