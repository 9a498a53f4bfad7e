export { Age } from './Age';
export { SiteClockProvider, useAgeMs, useSiteClock } from './SiteClock';
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
