export { heatPumpApiRef } from './HeatPumpApi';
export type {
  Connection,
  HeatPumpApi,
  HistoryRequest,
  HouseFollower,
} from './HeatPumpApi';
export { HeatPumpClient } from './HeatPumpClient';
