import { escapeIdentifier } from 'pg';
import { deviceColumn } from './tables.ts';
import type { ReadingTable } from './tables.ts';

/**
 * A `WITH RECURSIVE` clause: the relation `devices (id)` with every device of a table, and one
 * last row whose id is NULL. It skips along the key from device to device, so the cost depends
 * on the number of devices, not of rows. `after` is an expression such as `$1`: only devices with
 * a greater id follow; '' precedes all.
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
