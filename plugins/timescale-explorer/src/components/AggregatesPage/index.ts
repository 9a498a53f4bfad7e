export { AggregatesPage } from './AggregatesPage';
