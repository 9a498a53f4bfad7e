export { bandLooks } from './bandLooks';
export { HistoryPanel } from './HistoryPanel';
export { heatPumpFields, meterFields, minBarDays } from './heatPumpHistory';
export type { HeatPumpHistory } from './heatPumpHistory';
