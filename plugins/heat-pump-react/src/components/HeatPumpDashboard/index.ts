export { EmptyView } from './EmptyView';
export { HeatPumpChoice } from './HeatPumpChoice';
export { HeatPumpDashboard } from './HeatPumpDashboard';
export { LoadingView } from './LoadingView';
export { UnknownHeatPump } from './UnknownHeatPump';
