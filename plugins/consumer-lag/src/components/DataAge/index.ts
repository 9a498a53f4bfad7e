export { DataAge, isOld } from './DataAge';
