export { LiveTargetsWidget, TargetsWidget } from './TargetsWidget';
