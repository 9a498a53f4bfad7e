export { adviseGroup } from './advice';
export type { AdvisedGroup } from './advice';
export { consumerGroupsAnnotation } from './annotations';
export {
  lagStatuses,
  rankOfStatus,
  severityOfStatus,
  statusWords,
  worstStatus,
} from './status';
export type { LagStatus } from './status';
export {
  formatCount,
  formatDuration,
  formatRate,
  offsetSchema,
  severities,
} from '@homelab/portal-common';
export type { OverallSentence, Severity } from '@homelab/portal-common';
export * from './lag';
export { describeEta, describeGroup, formatTimeLag } from './words';
export type { DescribedGroup } from './words';
export { countStatuses, describeCounts, describeGroups } from './overall';
export type { GroupCounts } from './overall';
export {
  consumerLagPermissions,
  consumerLagReadPermission,
  offsetsResetPermission,
} from './permissions';
export * from './offsetReset';
