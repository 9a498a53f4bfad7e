export { ClockNotices } from './ClockNotices';
