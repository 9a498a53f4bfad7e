export {
  allReadingTables,
  clockColumns,
  deviceColumn,
  mergeColumns,
  readingTables,
} from './tables.ts';
export type { Column, ColumnType, ReadingTable } from './tables.ts';
export { walkDevicesSql } from './walk-devices.ts';
export {
  deviceIdsSql,
  devicesSql,
  epochMsSql,
  newestReadingsSql,
  pointsSql,
  recentTimesSql,
} from './reading-queries.ts';
export { heatPumpMomentsSql } from './heat-pump-moments.ts';
export {
  energyRollupsSql,
  nearestEnergyRollupsSql,
} from './energy-rollup-queries.ts';
export type { RollupWidth } from './energy-rollup-queries.ts';
export type {
  EnergyReadingRow,
  HeatpumpStatusRow,
  RowByStream,
  TemperatureReadingRow,
} from './rows.ts';
export { migrate, migrateDatabase } from './migrate.ts';
export type { MigrationDatabase } from './migration-database.ts';
export type {
  MigrateOptions,
  MigrationLogger,
  MigrationOutcome,
} from './migrate.ts';
export { MigrationError } from './read-migrations.ts';
export type { MigrationErrorCode } from './read-migrations.ts';
export { allRollups, bucketColumn, rollups } from './rollups/rollups.ts';
export type { Rollup } from './rollups/rollups.ts';
export type { RollupColumn } from './rollups/rollup-column.ts';
export {
  readRollupChanges,
  readRollupSettings,
  rollupChanges,
} from './rollups/rollup-settings.ts';
export type {
  RollupChanges,
  RollupSettings,
} from './rollups/rollup-settings.ts';
export { readSchemaState } from './schema-state.ts';
export type { SchemaState } from './schema-state.ts';
export {
  chooseBucketMs,
  findGaps,
  minGapMs,
  usualIntervalMs,
} from './points.ts';
export type { Gap, PointSpan } from './points.ts';
export {
  addApiToken,
  apiScopes,
  createApiToken,
  ensureApiToken,
  findApiTokenSql,
  hashApiToken,
  isApiScope,
  isApiToken,
  listApiTokens,
  revokeApiToken,
  validApiTokensSql,
} from './api-tokens.ts';
export type { ApiScope, ApiToken } from './api-tokens.ts';
export { siteTimeZones } from './site-zone.ts';
export { readDatabaseState } from './database-state.ts';
export type {
  DatabaseState,
  JobsState,
  JobState,
  RollupState,
  TableState,
} from './database-state.ts';
