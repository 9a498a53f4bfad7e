import type { ColumnType } from '@homelab/timescale-schema';
import type { CellValue } from './row.ts';

/**
 * Writes the cells of one column as a PostgreSQL array literal, or gives `null` when
 * every cell is null: `unnest` fills a missing array with NULLs, and most devices leave
 * most columns empty. A list becomes an array literal within the literal, since `unnest`
 * would flatten an array of arrays.
 */
export function columnLiteral(
  cells: Iterable<CellValue>,
  type: ColumnType,
): string | null {
  const quoted = type !== 'double precision' && type !== 'boolean';
  let literal = '';
  let hasValue = false;
  for (const cell of cells) {
    literal += literal === '' ? '{' : ',';
    if (cell === null) {
      literal += 'NULL';
      continue;
    }
    hasValue = true;
    if (typeof cell === 'object') literal += quote(listLiteral(cell));
    else literal += quoted ? quote(String(cell)) : String(cell);
  }
  return hasValue ? `${literal}}` : null;
}

function listLiteral(list: readonly string[]): string {
  return `{${list.map(quote).join(',')}}`;
}

const special = /["\\]/;

function quote(text: string): string {
  const escaped = special.test(text) ? text.replace(/["\\]/g, '\\$&') : text;
  return `"${escaped}"`;
}
