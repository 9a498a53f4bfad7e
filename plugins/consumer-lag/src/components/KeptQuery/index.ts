export { KeptQuery } from './KeptQuery';
