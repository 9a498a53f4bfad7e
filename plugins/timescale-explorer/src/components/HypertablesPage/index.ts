export { HypertablesRouter } from './HypertablesRouter';
