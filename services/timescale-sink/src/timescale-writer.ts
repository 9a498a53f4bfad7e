import { readRollupChanges } from '@homelab/timescale-schema';
import type { ReadingTable, RollupChanges } from '@homelab/timescale-schema';
import { DatabaseError } from 'pg';
import type { Pool, PoolClient } from 'pg';
import { copyIn } from './fast-path/copy-in.ts';
import { distinctKeyRounds } from './distinct-keys.ts';
import { markChangesStatement } from './mark-changes.ts';
import { mergeStagedStatement } from './merge-statement.ts';
import type { Row } from './row.ts';
import {
  copyStatement,
  copyToStagingStatement,
  createStagingStatement,
  insertStagedStatement,
} from './statements.ts';

/** The outcome of one write. */
export interface WriteCounts {
  /** Rows that are new. */
  readonly written: number;
  /** Rows that changed no value: already stored, or overridden by a later one in the same write. */
  readonly duplicates: number;
  /** Rows that completed or corrected the row of their key. */
  readonly merged: number;
}

/** Writes rows so that the table depends on which rows were written, not on when or how often. */
export interface RowWriter {
  /**
   * Writes rows, sorted by key; resolves once all are committed. Rejects with the error of
   * the database or the connection; some rows may then be stored, and it is safe to write
   * all of them again.
   */
  write(table: ReadingTable, rows: readonly Row[]): Promise<WriteCounts>;
}

const keyExists = '23505';
/** The errors of a copy when a column has another type than the one written: bad bytes, or a bad length. */
const isOfOtherType: ReadonlySet<string> = new Set(['22P03', '08P01']);

/**
 * Creates a writer that copies rows directly into their table as long as all of them are
 * new. An existing key fails the whole copy; from then on, until a batch is all new again,
 * rows go through a temporary table: missing ones are inserted, the others merged into the
 * stored rows. When a column of a table was changed to another type, all its rows go that
 * way, because PostgreSQL then converts them value by value.
 *
 * Where the database maintains rollups by marks, the changed hours are marked in the same
 * transaction.
 */
export function createTimescaleWriter(deps: {
  pool: Pick<Pool, 'connect'>;
}): RowWriter {
  const { pool } = deps;
  /** Tables that recently received existing keys. */
  const repeating = new Set<string>();
  /** Tables with a column of another type. */
  const converting = new Set<string>();
  /** The staging tables of a connection. */
  const stagings = new WeakMap<PoolClient, Set<string>>();
  /** Asked for once: migrations run before the sink starts. */
  let changes: Promise<RollupChanges | undefined> | undefined;

  function changesOf(client: PoolClient): Promise<RollupChanges | undefined> {
    changes ??= readRollupChanges(client).catch((error: unknown) => {
      changes = undefined;
      throw error;
    });
    return changes;
  }

  async function markStatement(
    client: PoolClient,
    table: ReadingTable,
    rows: readonly Row[],
  ): Promise<string> {
    const kept = await changesOf(client);
    return kept ? markChangesStatement(table, rows, kept.hourOffsetMs) : '';
  }

  /** Gives `undefined` when it has copied the rows, else which set the table belongs to. */
  async function copyNew(
    client: PoolClient,
    table: ReadingTable,
    rows: readonly Row[],
  ): Promise<Set<string> | undefined> {
    const marks = await markStatement(client, table, rows);
    try {
      // One message of two statements is one transaction, without a round trip for each.
      await copyIn(client, `${copyStatement(table)}; ${marks}`, rows);
      return undefined;
    } catch (error) {
      const code = error instanceof DatabaseError ? error.code : undefined;
      if (code === keyExists) return repeating;
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
    let merged = 0;
    if (written < rows.length) {
      const answer = await client.query<{ merged: number }>({
        name: `merge ${table.name}`,
        text: mergeStagedStatement(table),
      });
      merged = answer.rows[0]?.merged ?? 0;
    }
    const marks = await markStatement(client, table, rows);
    if (marks !== '' && written + merged > 0) await client.query(marks);
    await client.query('COMMIT');
    return { written, merged, duplicates: rows.length - written - merged };
  }

  /** Writes rows with distinct keys. */
  async function writeDistinct(
    client: PoolClient,
    table: ReadingTable,
    rows: readonly Row[],
  ): Promise<WriteCounts> {
    if (!repeating.has(table.name) && !converting.has(table.name)) {
      const reason = await copyNew(client, table, rows);
      if (reason === undefined)
        return { written: rows.length, duplicates: 0, merged: 0 };
      reason.add(table.name);
    }
    const counts = await merge(client, table, rows);
    if (rows.length > 0 && counts.written === rows.length)
      repeating.delete(table.name);
    return counts;
  }

  async function writeOn(
    client: PoolClient,
    table: ReadingTable,
    rows: readonly Row[],
  ): Promise<WriteCounts> {
    const [first = [], ...repeats] = distinctKeyRounds(rows);
    const counts = await writeDistinct(client, table, first);
    let { written, merged } = counts;
    for (const round of repeats) {
      const more = await merge(client, table, round);
      written += more.written;
      merged += more.merged;
    }
    return { written, merged, duplicates: rows.length - written - merged };
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

/** After an error of the server the connection is usable again once the transaction is rolled back. */
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
