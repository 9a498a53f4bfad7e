export { ReadingAge, useReadingAge } from './ReadingAge';
