export { TargetDetails, TargetList, TargetTitle } from './TargetList';
