export { EventList } from './EventList';
export { lengthWords } from './lengthWords';
