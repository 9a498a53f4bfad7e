export { systemHealthPlugin as default } from './plugin';
