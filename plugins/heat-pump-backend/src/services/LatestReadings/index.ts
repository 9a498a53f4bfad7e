export { LatestReadings } from './LatestReadings';
export type { JudgedReading } from './LatestReadings';
