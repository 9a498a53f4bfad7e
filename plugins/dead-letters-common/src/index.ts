export { deadLetterTopicsAnnotation } from './annotations';
export * from './deadLetters';
export { describeDeadLetters } from './describeDeadLetters';
export {
  deadLettersPeekPermission,
  deadLettersPermissions,
  deadLettersReadPermission,
  deadLettersRedrivePermission,
} from './permissions';
export { describeReason } from './reasons';
