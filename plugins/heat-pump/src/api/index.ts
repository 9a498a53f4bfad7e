export { heatPumpApiRef } from './HeatPumpApi';
export type { FigureOptions, HeatPumpApi, HistoryRequest } from './HeatPumpApi';
export { HeatPumpClient } from './HeatPumpClient';
