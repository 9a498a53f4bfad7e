export { LiveNumbers } from './LiveNumbers';
