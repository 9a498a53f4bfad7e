import { clockColumns, walkDevicesSql } from '@homelab/timescale-schema';
import type { Column, ReadingTable } from '@homelab/timescale-schema';
import { escapeIdentifier } from 'pg';

/**
 * The statement that writes a batch: `$1…$n` are the written columns of the table, each
 * as an array literal. A key that is there already is left as it is.
 */
export function insertStatement(table: ReadingTable): string {
  return `INSERT INTO ${escapeIdentifier(table.name)} (${namesOf(table.writtenColumns)})
SELECT ${table.writtenColumns.map(column => given(column)).join(', ')}
FROM ${unnested(table.writtenColumns)}
ON CONFLICT (${namesOf(keyColumns(table))}) DO NOTHING`;
}

/**
 * The statement that counts the rows of a batch that differ from what is stored under
 * their key. Parameters as for {@link insertStatement}, then the earliest and the latest
 * time of the batch, which spare PostgreSQL the other chunks. The arrival time does not
 * count: a redelivered reading has a new one.
 */
export function countConflictsStatement(table: ReadingTable): string {
  const device = escapeIdentifier(table.deviceColumn);
  const time = escapeIdentifier(clockColumns.measuredAt);
  const first = table.writtenColumns.length + 1;
  const stored = table.measurementColumns.map(
    column => `stored.${escapeIdentifier(column.name)}`,
  );
  const wanted = table.measurementColumns.map(column => given(column));
  return `SELECT count(*)::int AS conflicts
FROM ${unnested(table.writtenColumns)}
JOIN ${escapeIdentifier(table.name)} AS stored
  ON stored.${device} = given.${device} AND stored.${time} = given.${time}
WHERE stored.${time} BETWEEN $${first}::timestamptz AND $${first + 1}::timestamptz
  AND (${stored.join(', ')}) IS DISTINCT FROM (${wanted.join(', ')})`;
}

/**
 * The statement that gives the newest stored time as `newest`, not after now: a device
 * whose clock runs ahead must not make the table look fresh. It asks device by
 * device, since there is no index on time alone.
 */
export function newestTimeStatement(table: ReadingTable): string {
  const name = escapeIdentifier(table.name);
  const device = escapeIdentifier(table.deviceColumn);
  const time = escapeIdentifier(clockColumns.measuredAt);
  return `WITH RECURSIVE ${walkDevicesSql(table)}
SELECT max(newest.${time}) AS newest FROM devices CROSS JOIN LATERAL (
  SELECT ${time} FROM ${name}
  WHERE ${device} = devices.id AND ${time} <= now() ORDER BY ${time} DESC LIMIT 1
) AS newest`;
}

function keyColumns(table: ReadingTable): Column[] {
  return [
    { name: table.deviceColumn, type: 'text' },
    { name: clockColumns.measuredAt, type: 'timestamptz' },
  ];
}

function namesOf(columns: readonly Column[]): string {
  return columns.map(({ name }) => escapeIdentifier(name)).join(', ');
}

/** A list arrives as the text of an array and becomes one here. */
function given({ name, type }: Column): string {
  const column = `given.${escapeIdentifier(name)}`;
  return type === 'text[]' ? `${column}::text[]` : column;
}

function unnested(columns: readonly Column[]): string {
  const arrays = columns.map(({ type }, index) => {
    const element = type === 'text[]' ? 'text' : type;
    return `$${index + 1}::${element}[]`;
  });
  return `unnest(${arrays.join(', ')}) AS given (${namesOf(columns)})`;
}
