export { heatPumpApiRef } from './HeatPumpApi';
export type {
  Connection,
  FigureOptions,
  HeatPumpApi,
  HistoryRequest,
  HouseFollower,
} from './HeatPumpApi';
export { HeatPumpClient } from './HeatPumpClient';
