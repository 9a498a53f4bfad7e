export { Failed, LagStates, Refused } from './LagStates';
