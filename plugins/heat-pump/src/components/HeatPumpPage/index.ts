export { HeatPumpPage } from './HeatPumpPage';
