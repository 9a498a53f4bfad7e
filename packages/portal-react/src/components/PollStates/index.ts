export { ListSkeleton } from './ListSkeleton';
export { PollStates, Refused } from './PollStates';
