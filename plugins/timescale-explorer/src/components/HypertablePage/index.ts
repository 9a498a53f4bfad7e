export { HypertablePage } from './HypertablePage';
