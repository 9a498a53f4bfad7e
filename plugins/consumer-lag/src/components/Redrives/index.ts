export { RedriveFlow } from './RedriveFlow';
export { RedriveHistory } from './RedriveHistory';
export { describeFilter, letters } from './redriveWords';
