export * from './aggregates';
export * from './catalogue';
export * from './databases';
export * from './findings';
export * from './hypertables';
export * from './jobs';
export * from './overview';
export {
  timescaleExplorerPermissions,
  timescaleExplorerQueryPermission,
  timescaleExplorerReadPermission,
} from './permissions';
export * from './queries';
export { formatBytes, sqlInterval } from './words';
