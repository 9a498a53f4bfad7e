export { bandLooks } from './bandLooks';
export { HistoryPanel } from './HistoryPanel';
export { useHeatPumpHistory } from './useHeatPumpHistory';
