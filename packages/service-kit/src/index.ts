export { parseEnv, ConfigError } from './env.ts';
export type { ConfigProblem, Env } from './env.ts';
export {
  envField,
  mqttEnv,
  opsEnv,
  postgresEnv,
  siteEnv,
} from './env-fields.ts';
export {
  code,
  configurationTable,
  databaseGroup,
  markdownTable,
} from './readme-tables.ts';
export { createLogger, logLevels } from './logger.ts';
export type { Logger, LogLevel } from './logger.ts';
export { createLogLimiter } from './log-limiter.ts';
export type { LogLimiter } from './log-limiter.ts';
export type { BulkHistogram } from './bulk-histogram.ts';
export { createMetrics, createRegistry } from './metrics.ts';
export type {
  Counter,
  Gauge,
  Histogram,
  LabelValues,
  Metrics,
  Registry,
} from './metrics.ts';
export { createOpsServer } from './ops-server.ts';
export type { ConnectionState, OpsServer, Readiness } from './ops-server.ts';
export { toEventLogger } from './event-logger.ts';
export type { EventLogger } from './event-logger.ts';
export { runService } from './run-service.ts';
export type { Service, ServiceDeps } from './run-service.ts';
export { createBackoff } from './backoff.ts';
export type { Backoff } from './backoff.ts';
export {
  hashPassword,
  isPasswordHash,
  maxPasswordBytes,
  verifyPassword,
} from './password-hash.ts';
