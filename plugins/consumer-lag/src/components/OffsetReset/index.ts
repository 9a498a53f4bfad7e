export { ResetPanel } from './ResetPanel';
