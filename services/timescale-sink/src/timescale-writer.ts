import type { ReadingTable } from '@homelab/timescale-schema';
import type { Pool } from 'pg';
import { columnLiteral } from './array-literal.ts';
import type { CellValue, Row } from './row.ts';
import { countConflictsStatement, insertStatement } from './statements.ts';

/** What became of the rows of one write. */
export interface WriteCounts {
  /** Rows that are new. */
  readonly written: number;
  /** Rows that were there already, the same. */
  readonly duplicates: number;
  /** Rows whose key was there with other values, which stay. */
  readonly conflicts: number;
}

/** Writes rows so that the same row written twice is one row. */
export interface RowWriter {
  /**
   * Writes rows, sorted by key, all or none; resolves once they are committed. Rejects
   * with what the database or the connection said; then the rows may or may not be there,
   * and writing them again is right.
   */
  write(table: ReadingTable, rows: readonly Row[]): Promise<WriteCounts>;
}

/**
 * Creates a writer that sends a batch as one array per column to one prepared statement.
 * A single statement commits by itself, so a batch costs one round trip.
 */
export function createTimescaleWriter(deps: {
  pool: Pick<Pool, 'query'>;
  /** Told when rows are committed but conflicts among them could not be counted. */
  onUncounted: (error: unknown) => void;
}): RowWriter {
  const { pool, onUncounted } = deps;

  /** Asked only when something was there already, which is rare. */
  async function countConflicts(
    table: ReadingTable,
    literals: readonly (string | null)[],
    rows: readonly Row[],
  ): Promise<number> {
    let [earliest, latest] = [rows[0]?.measuredAt, rows[0]?.measuredAt];
    for (const { measuredAt } of rows) {
      if (earliest === undefined || measuredAt < earliest)
        earliest = measuredAt;
      if (latest === undefined || measuredAt > latest) latest = measuredAt;
    }
    try {
      const answer = await pool.query<{ conflicts: number }>(
        countConflictsStatement(table),
        [...literals, earliest, latest],
      );
      return answer.rows[0]?.conflicts ?? 0;
    } catch (error) {
      // The rows are committed; failing now would only write them once more.
      onUncounted(error);
      return 0;
    }
  }

  return {
    async write(table, rows) {
      const literals = literalsOf(table, rows);
      const answer = await pool.query({
        name: `insert_${table.name}`,
        text: insertStatement(table),
        values: literals,
      });
      const written = answer.rowCount ?? 0;
      if (written === rows.length)
        return { written, duplicates: 0, conflicts: 0 };
      const conflicts = await countConflicts(table, literals, rows);
      return {
        written,
        duplicates: rows.length - written - conflicts,
        conflicts,
      };
    },
  };
}

function literalsOf(
  table: ReadingTable,
  rows: readonly Row[],
): (string | null)[] {
  return table.writtenColumns.map(({ type }, index) =>
    columnLiteral(cellsOf(rows, index), type),
  );
}

function* cellsOf(rows: readonly Row[], index: number): Generator<CellValue> {
  for (const row of rows) yield row.cells[index] ?? null;
}
