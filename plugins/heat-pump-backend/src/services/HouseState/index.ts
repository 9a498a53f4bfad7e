export { HouseState } from './HouseState';
