export { Age } from './Age';
export { HouseClockProvider, useAge, useHouseClock } from './AgeContext';
export {
  formatClock,
  formatDay,
  formatDayTime,
  formatDuration,
  formatExactTime,
} from './formatTime';
