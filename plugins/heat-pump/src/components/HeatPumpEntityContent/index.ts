export { HeatPumpEntityContent } from './HeatPumpEntityContent';
