export { LagStates } from './LagStates';
export { SmallStates } from './SmallStates';
