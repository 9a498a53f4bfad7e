export { LagStates, Refused } from './LagStates';
export { SmallFailure } from './SmallFailure';
