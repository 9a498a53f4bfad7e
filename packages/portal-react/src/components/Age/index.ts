export { Age } from './Age';
export { SiteClockProvider, useFromAge, useSiteClock } from './SiteClock';
export type { SiteClock } from './SiteClock';
export {
  formatAge,
  formatClock,
  formatDate,
  formatDay,
  formatDayTime,
  formatDuration,
  formatExactTime,
  formatMonth,
} from './formatTime';
