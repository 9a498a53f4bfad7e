export { bandLooks } from './bandLooks';
export { heatPumpFields, meterFields, minBarDays } from './heatPumpHistory';
export type { HeatPumpHistory } from './heatPumpHistory';
export { HistoryFrame } from './HistoryFrame';
export { HistoryPanel } from './HistoryPanel';
