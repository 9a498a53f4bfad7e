export { LagStatusIcon, LagStatusMark } from './LagStatusMark';
