export { HeatPumpEntityCard } from './HeatPumpEntityCard';
