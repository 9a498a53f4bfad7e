export { ActionReason } from './ActionReason';
