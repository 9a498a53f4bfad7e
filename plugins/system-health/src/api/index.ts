export { systemHealthApiRef } from './SystemHealthApi';
export { SystemHealthClient } from './SystemHealthClient';
export { useSystemHealth } from './useSystemHealth';
export type { SystemHealth } from './useSystemHealth';
