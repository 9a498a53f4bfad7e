export { audited } from './audited';
export type { AuditedAction } from './audited';
export {
  badConfig,
  configFields,
  isSwitchedOn,
  parseConfig,
  parseSection,
  refuseMovedKeys,
} from './config';
export { createAuthorizer } from './createAuthorizer';
export type { ActionRule, Allowance, Authorizer } from './createAuthorizer';
export { createReadOnlyPostgres } from './createReadOnlyPostgres';
export type {
  PostgresConnection,
  ReadOnlyPostgres,
} from './createReadOnlyPostgres';
export { buildOpenApi } from './openapi';
export type { Operation } from './openapi';
export { chunks, groupBy } from './lists';
export { parseRequest } from './parseRequest';
export { requirePermission } from './permissions';
