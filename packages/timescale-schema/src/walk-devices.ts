import { escapeIdentifier } from 'pg';
import { deviceColumn } from './tables.ts';
import type { ReadingTable } from './tables.ts';

/**
 * A part for `WITH RECURSIVE`: the relation `devices (id)` with every device of a table,
 * and one row whose id is NULL at the end. It hops along the key from one device to the
 * next, so the cost follows the number of devices and not the number of rows. `after` is an
 * expression such as `$1`: only devices whose id is greater follow; '' is before all.
 */
export function walkDevicesSql(
  table: ReadingTable,
  options: { after?: string } = {},
): string {
  const name = escapeIdentifier(table.name);
  const device = escapeIdentifier(deviceColumn);
  const first =
    options.after === undefined ? '' : `WHERE ${device} > ${options.after} `;
  return `devices (id) AS (
  (SELECT ${device} FROM ${name} ${first}ORDER BY ${device} LIMIT 1)
  UNION ALL
  SELECT (SELECT ${device} FROM ${name} WHERE ${device} > devices.id ORDER BY ${device} LIMIT 1)
  FROM devices WHERE devices.id IS NOT NULL
)`;
}
