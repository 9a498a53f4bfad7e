export { StateHeader } from './StateHeader';
