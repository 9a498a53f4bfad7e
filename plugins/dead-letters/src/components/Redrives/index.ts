export { RedriveFlow } from './RedriveFlow';
export { RedriveHistory } from './RedriveHistory';
export { messages } from './redriveWords';
