import { compareOrder, hasSameKey } from './row.ts';
import type { Row } from './row.ts';

/**
 * Splits rows, sorted by key, into rounds with distinct keys, because a statement cannot
 * merge two rows of the same key. Leaves out a row when newer ones of its key override all its
 * values, so that a device with a stopped clock costs at most one round per field. Almost
 * always there is a single round: the rows as given.
 */
export function distinctKeyRounds<R extends Row>(
  rows: readonly R[],
): (readonly R[])[] {
  const repeats = (at: number): boolean => {
    const [before, row] = [rows[at - 1], rows[at]];
    return before !== undefined && row !== undefined && hasSameKey(before, row);
  };
  if (!rows.some((_, at) => repeats(at))) return [rows];
  const rounds: R[][] = [];
  for (let from = 0; from < rows.length;) {
    let to = from + 1;
    while (repeats(to)) to += 1;
    for (const [round, row] of contributors(rows.slice(from, to)).entries())
      (rounds[round] ??= []).push(row);
    from = to;
  }
  return rounds;
}

/** The rows of one key that have a value no newer one has, newest first. */
function contributors<R extends Row>(rows: readonly R[]): R[] {
  const newestFirst = rows.toSorted((one, other) => compareOrder(other, one));
  const covered = new Set<number>();
  let before: R | undefined;
  return newestFirst.filter(row => {
    const isTie = before !== undefined && compareOrder(before, row) === 0;
    before = row;
    const open = valueColumns(row).filter(column => !covered.has(column));
    for (const column of open) covered.add(column);
    // Of two records with the same order, the greater value wins, which PostgreSQL decides.
    return isTie || open.length > 0 || row === newestFirst[0];
  });
}

const keyCells = 2;
/** `received_at` and `record_offset`. */
const orderCells = 2;

/** Indexes of the measurements of an encoded row that are not NULL. */
function valueColumns({ bytes, from }: Row): number[] {
  const columns: number[] = [];
  const cells = bytes.readInt16BE(from);
  let at = from + 2;
  for (let cell = 0; cell < cells; cell += 1) {
    const length = bytes.readInt32BE(at);
    at += 4 + Math.max(0, length);
    if (length >= 0 && cell >= keyCells && cell < cells - orderCells)
      columns.push(cell);
  }
  return columns;
}
