export { TimescaleHistorySource } from './TimescaleHistorySource';
