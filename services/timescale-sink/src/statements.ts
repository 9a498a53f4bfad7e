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

/** The statement that copies rows straight in; it fails on a key that is there already. */
export function copyStatement(table: ReadingTable): string {
  return copyInto(escapeIdentifier(table.name), table);
}

/**
 * The statement that makes the table of this connection where rows wait that may be there
 * already. It is empty again after each transaction. Its columns have the types that the
 * sink writes, whatever somebody has made of the table itself.
 */
export function createStagingStatement(table: ReadingTable): string {
  const columns = table.writtenColumns
    .map(({ name, type }) => `${escapeIdentifier(name)} ${type}`)
    .join(', ');
  return `CREATE TEMPORARY TABLE IF NOT EXISTS ${stagingOf(table)} (${columns}) ON COMMIT DELETE ROWS`;
}

/** The statement that copies rows to where they wait. */
export function copyToStagingStatement(table: ReadingTable): string {
  return copyInto(stagingOf(table), table);
}

/**
 * The statement that writes the waiting rows in the order in which they were copied. A key
 * that is there already is left as it is.
 */
export function insertStagedStatement(table: ReadingTable): string {
  const names = namesOf(table.writtenColumns);
  return `INSERT INTO ${escapeIdentifier(table.name)} (${names})
SELECT ${names} FROM ${stagingOf(table)}
ON CONFLICT (${keyNames}) DO NOTHING`;
}

/**
 * The statement that gives the newest stored time as `newest`, not after now: a device
 * whose clock runs ahead must not make the table look fresh. It asks device by
 * device, since there is no index on time alone.
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

/** Where the rows of this connection wait. */
export function stagingOf(table: ReadingTable): string {
  return `pg_temp.${escapeIdentifier(`staged_${table.name}`)}`;
}

/** Names of columns as SQL lists them, of a relation with that alias. */
export function namesOf(columns: readonly Column[], alias?: string): string {
  const prefix = alias === undefined ? '' : `${alias}.`;
  return columns
    .map(({ name }) => `${prefix}${escapeIdentifier(name)}`)
    .join(', ');
}
