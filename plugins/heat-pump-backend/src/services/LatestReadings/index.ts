export { LatestReadings, maxDevices } from './LatestReadings';
export type { JudgedReading } from './LatestReadings';
