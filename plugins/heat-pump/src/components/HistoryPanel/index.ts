export { HistoryPanel } from './HistoryPanel';
export { useHeatPumpHistory } from './useHeatPumpHistory';
