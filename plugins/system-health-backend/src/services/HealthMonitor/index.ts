export { createHealthMonitor } from './HealthMonitor';
export type { HealthMonitor } from './HealthMonitor';
export { probeTarget } from './probe';
