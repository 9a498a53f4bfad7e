export { LagStates, Refused } from './LagStates';
export { SmallStates } from './SmallStates';
