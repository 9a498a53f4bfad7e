export { LagWidget } from './LagWidget';
