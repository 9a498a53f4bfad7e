export { failing, failure } from './failure';
