export { ReadingAge, useFreshness } from './ReadingAge';
