export { heatPumpPlugin as default } from './plugin';
