import type { ReadingTable } from '@homelab/timescale-schema';
import { DatabaseError } from 'pg';
import type { Pool, PoolClient } from 'pg';
import { copyIn } from './copy-in.ts';
import type { Row } from './row.ts';
import {
  copyStatement,
  copyToStagingStatement,
  countConflictsStatement,
  createStagingStatement,
  insertStagedStatement,
} from './statements.ts';

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

const keyIsThere = '23505';
/** What a copy says of a column that is not of the type that is written: of the bytes, or of their number. */
const isOfOtherType: ReadonlySet<string> = new Set(['22P03', '08P01']);

/**
 * Creates a writer that copies rows straight into their table as long as all of them are
 * new. Where a key is there already, which fails the whole copy, and from then on until a
 * batch is all new again, rows go through a temporary table and only those that are
 * missing are inserted. A table of which somebody has changed a column to another type
 * gets all its rows that way from then on, for PostgreSQL converts them there, value by value.
 */
export function createTimescaleWriter(deps: {
  pool: Pick<Pool, 'connect'>;
}): RowWriter {
  const { pool } = deps;
  /** Tables whose rows of late were there already. */
  const repeating = new Set<string>();
  /** Tables with a column of another type. */
  const converting = new Set<string>();
  /** The staging tables that a connection has. */
  const stagings = new WeakMap<PoolClient, Set<string>>();

  /** Gives why not, with nothing written, when rows have to go through a temporary table. */
  async function copyNew(
    client: PoolClient,
    table: ReadingTable,
    rows: readonly Row[],
  ): Promise<Set<string> | undefined> {
    try {
      await copyIn(client, copyStatement(table), rows);
      return undefined;
    } catch (error) {
      const code = error instanceof DatabaseError ? error.code : undefined;
      if (code === keyIsThere) return repeating;
      if (code !== undefined && isOfOtherType.has(code)) return converting;
      throw error;
    }
  }

  async function ensureStaging(
    client: PoolClient,
    table: ReadingTable,
  ): Promise<void> {
    const made = stagings.get(client) ?? new Set();
    stagings.set(client, made);
    if (made.has(table.name)) return;
    await client.query(createStagingStatement(table));
    made.add(table.name);
  }

  async function merge(
    client: PoolClient,
    table: ReadingTable,
    rows: readonly Row[],
  ): Promise<WriteCounts> {
    await ensureStaging(client, table);
    await client.query('BEGIN');
    await copyIn(client, copyToStagingStatement(table), rows);
    const inserted = await client.query(insertStagedStatement(table));
    const written = inserted.rowCount ?? 0;
    let conflicts = 0;
    if (written < rows.length) {
      const answer = await client.query<{ conflicts: number }>(
        countConflictsStatement(table),
      );
      conflicts = answer.rows[0]?.conflicts ?? 0;
    }
    await client.query('COMMIT');
    const duplicates = rows.length - written - conflicts;
    return { written, duplicates, conflicts };
  }

  async function writeOn(
    client: PoolClient,
    table: ReadingTable,
    rows: readonly Row[],
  ): Promise<WriteCounts> {
    if (!repeating.has(table.name) && !converting.has(table.name)) {
      const reason = await copyNew(client, table, rows);
      if (reason === undefined)
        return { written: rows.length, duplicates: 0, conflicts: 0 };
      reason.add(table.name);
    }
    const counts = await merge(client, table, rows);
    if (counts.written === rows.length) repeating.delete(table.name);
    return counts;
  }

  return {
    async write(table, rows) {
      const client = await pool.connect();
      try {
        const counts = await writeOn(client, table, rows);
        client.release();
        return counts;
      } catch (error) {
        client.release(!(await isStillGood(client, error)));
        throw error;
      }
    },
  };
}

/** After a refusal of the server the connection goes on, once what was begun is undone. */
async function isStillGood(
  client: PoolClient,
  error: unknown,
): Promise<boolean> {
  if (!(error instanceof DatabaseError) || error.severity !== 'ERROR')
    return false;
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}
