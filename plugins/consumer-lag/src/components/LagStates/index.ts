export { Failed, LagStates, Refused } from './LagStates';
export { SmallFailure } from './SmallFailure';
