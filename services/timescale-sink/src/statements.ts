import {
  clockColumns,
  deviceColumn,
  walkDevicesSql,
} from '@homelab/timescale-schema';
import type { Column, ReadingTable } from '@homelab/timescale-schema';
import { escapeIdentifier } from 'pg';

const keyNames = [deviceColumn, clockColumns.measuredAt]
  .map(name => escapeIdentifier(name))
  .join(', ');

/** The statement that copies rows directly; it fails when a key already exists. */
export function copyStatement(table: ReadingTable): string {
  return copyInto(escapeIdentifier(table.name), table);
}

/**
 * The statement that creates this connection's staging table, for rows that may already
 * exist. It is emptied after each transaction. Its columns have the types that the sink
 * writes, whatever the columns of the hypertable were changed to.
 */
export function createStagingStatement(table: ReadingTable): string {
  const columns = table.writtenColumns
    .map(({ name, type }) => `${escapeIdentifier(name)} ${type}`)
    .join(', ');
  return `CREATE TEMPORARY TABLE IF NOT EXISTS ${stagingOf(table)} (${columns}) ON COMMIT DELETE ROWS`;
}

/** The statement that copies rows into the staging table. */
export function copyToStagingStatement(table: ReadingTable): string {
  return copyInto(stagingOf(table), table);
}

/**
 * The statement that inserts the staged rows in the order they were copied. Existing keys
 * stay as they are.
 */
export function insertStagedStatement(table: ReadingTable): string {
  const names = namesOf(table.writtenColumns);
  return `INSERT INTO ${escapeIdentifier(table.name)} (${names})
SELECT ${names} FROM ${stagingOf(table)}
ON CONFLICT (${keyNames}) DO NOTHING`;
}

/**
 * The statement that gives the newest stored time up to now as `newest`: a device whose
 * clock runs ahead must not make the table look fresh. It looks up each device, because
 * there is no index on time alone.
 */
export function newestTimeStatement(table: ReadingTable): string {
  const name = escapeIdentifier(table.name);
  const device = escapeIdentifier(deviceColumn);
  const time = escapeIdentifier(clockColumns.measuredAt);
  return `WITH RECURSIVE ${walkDevicesSql(table)}
SELECT max(newest.${time}) AS newest FROM devices CROSS JOIN LATERAL (
  SELECT ${time} FROM ${name}
  WHERE ${device} = devices.id AND ${time} <= now() ORDER BY ${time} DESC LIMIT 1
) AS newest`;
}

function copyInto(target: string, table: ReadingTable): string {
  return `COPY ${target} (${namesOf(table.writtenColumns)}) FROM STDIN (FORMAT binary)`;
}

/** The staging table of this connection. */
export function stagingOf(table: ReadingTable): string {
  return `pg_temp.${escapeIdentifier(`staged_${table.name}`)}`;
}

/** A list of column names in SQL, optionally with the alias of their relation. */
export function namesOf(columns: readonly Column[], alias?: string): string {
  const prefix = alias === undefined ? '' : `${alias}.`;
  return columns
    .map(({ name }) => `${prefix}${escapeIdentifier(name)}`)
    .join(', ');
}
