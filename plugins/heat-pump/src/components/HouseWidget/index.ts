export { HouseWidget } from './HouseWidget';
