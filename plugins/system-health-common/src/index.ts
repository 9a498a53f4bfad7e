export {
  dependencyHealthSchema,
  healthStates,
  targetHealthSchema,
  targetsResponseSchema,
  worstFirst,
} from './targets';
export type {
  DependencyHealth,
  HealthState,
  TargetHealth,
  TargetsResponse,
} from './targets';
export { dependencyTitle, describeHealth, stateWords } from './sentence';
export type { HealthSentence } from './sentence';
export {
  systemHealthPermissions,
  systemHealthReadPermission,
} from './permissions';
export { systemHealthAnnotation } from './annotations';
