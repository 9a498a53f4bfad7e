export { renderMetrics } from './LagMetrics';
