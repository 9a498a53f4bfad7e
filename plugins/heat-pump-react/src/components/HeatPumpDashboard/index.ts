export { DevicePicker } from './DevicePicker';
export { EmptyView } from './EmptyView';
export { HeatPumpDashboard } from './HeatPumpDashboard';
export { LoadingView } from './LoadingView';
