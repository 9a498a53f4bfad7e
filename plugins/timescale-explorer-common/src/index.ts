export * from './aggregates';
export * from './databases';
export * from './findings';
export * from './hypertables';
export * from './jobs';
export * from './overview';
export {
  timescaleExplorerPermissions,
  timescaleExplorerReadPermission,
} from './permissions';
export { formatBytes, sqlInterval } from './words';
