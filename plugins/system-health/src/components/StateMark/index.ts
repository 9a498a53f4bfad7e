export { StateIcon, StateMark, stateColour } from './StateMark';
