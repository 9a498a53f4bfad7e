export { heatPumpApiRef } from './HeatPumpApi';
export type {
  Connection,
  HeatPumpApi,
  HistoryRequest,
  HouseFollower,
} from './HeatPumpApi';
export { reasonOf } from './reasonOf';
export { HeatPumpClient } from './HeatPumpClient';
