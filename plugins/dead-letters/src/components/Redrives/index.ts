export { RedriveFlow } from './RedriveFlow';
export { RedriveHistory } from './RedriveHistory';
export { letters } from './redriveWords';
