export { HeatPumpView } from './HeatPumpView';
