export { HealthSummary, LiveHealthSummary } from './HealthSummary';
