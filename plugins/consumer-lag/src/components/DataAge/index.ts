export { DataAge, isOld, readAtOf } from './DataAge';
