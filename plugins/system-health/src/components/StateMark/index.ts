export { StateIcon, StateMark } from './StateMark';
