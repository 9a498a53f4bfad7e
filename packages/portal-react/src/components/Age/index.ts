export { Age } from './Age';
export { SiteClockProvider, useAgeMs, useSiteClock } from './SiteClock';
export type { SiteClock } from './SiteClock';
export {
  formatAge,
  formatClock,
  formatDay,
  formatDayTime,
  formatDuration,
  formatExactTime,
} from './formatTime';
