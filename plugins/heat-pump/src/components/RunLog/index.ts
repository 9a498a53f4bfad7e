export { RunLog } from './RunLog';
