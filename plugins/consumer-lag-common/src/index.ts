export { adviseGroup } from './advice';
export type { AdvisedGroup } from './advice';
export { consumerGroupsAnnotation } from './annotations';
export {
  lagStatuses,
  rankOfStatus,
  severities,
  severityOfStatus,
  statusWords,
  worstStatus,
} from './status';
export type { LagStatus, Severity } from './status';
export * from './lag';
export * from './pipeline';
export {
  describeEta,
  describeGroup,
  formatCount,
  formatDuration,
  formatRate,
  formatTimeLag,
} from './words';
export type { DescribedGroup } from './words';
export { countStatuses, describeCounts, describeGroups } from './overall';
export type { GroupCounts, OverallSentence } from './overall';
export {
  consumerLagPermissions,
  consumerLagReadPermission,
  offsetsResetPermission,
  recordPeekPermission,
  recordRedrivePermission,
} from './permissions';
export * from './deadLetters';
export * from './offsetReset';
