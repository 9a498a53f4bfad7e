import { setTimeout as delay } from 'node:timers/promises';
import { createBackoff } from '@homelab/service-kit';
import type { ReadingTable } from '@homelab/timescale-schema';
import {
  classifyDatabaseError,
  describeDatabaseError,
} from './classify-database-error.ts';
import type { DatabaseFailure } from './classify-database-error.ts';
import { compareRows } from './row.ts';
import type { Row } from './row.ts';
import type { RowWriter, WriteCounts } from './timescale-writer.ts';

/** A row that the database refuses every time. */
export interface RejectedRow<R extends Row> {
  readonly row: R;
  readonly message: string;
  /** The number of refused statements that contained the row. */
  readonly attempts: number;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
}

/** The rows were abandoned uncommitted: the process is stopping, or another member owns them now. */
export class StoreAbandoned extends Error {
  readonly code = 'STORE_ABANDONED';
  readonly retryable = true;

  constructor(cause: unknown) {
    super('The sink had to abandon the rows before they were written.', {
      cause,
    });
    this.name = 'StoreAbandoned';
  }
}

/** A failed attempt that will be repeated. */
export type RetryReason = Exclude<DatabaseFailure, 'bad-row'>;

export interface RowStore<R extends Row> {
  /**
   * Stores rows and resolves with those that the database refuses. Waits as long as the
   * database is down; rejects with {@link StoreAbandoned} when `isWanted` turns false
   * meanwhile.
   */
  store(rows: readonly R[], isWanted: () => boolean): Promise<RejectedRow<R>[]>;
  /** Why nothing is being stored, as a sentence; `undefined` when all is well. */
  stalledBecause(): string | undefined;
}

// A single row whose statement keeps failing is given up after both of these.
const maxLoneAttempts = 5;
const lonePatienceMs = 5 * 60_000;

/**
 * Creates the store of one table: sorts, writes, retries, and isolates bad rows. See
 * {@link databaseFailures} for how each kind of failure is handled.
 */
export function createRowStore<R extends Row>(deps: {
  table: ReadingTable;
  writer: RowWriter;
  /** Ends the wait between attempts when the process stops. */
  signal: AbortSignal;
  onWritten: (rows: readonly R[], counts: WriteCounts) => void;
  onRetry: (reason: RetryReason, error: unknown) => void;
  now?: () => Date;
  random?: () => number;
  minWaitMs?: number;
}): RowStore<R> {
  const {
    table,
    writer,
    signal,
    onWritten,
    onRetry,
    random,
    minWaitMs = 50,
  } = deps;
  const now = deps.now ?? (() => new Date());
  let stalled: string | undefined;

  async function write(rows: readonly R[]): Promise<void> {
    const counts = await writer.write(table, rows);
    stalled = undefined;
    onWritten(rows, counts);
  }

  async function pause(
    failure: RetryReason,
    error: unknown,
    waitMs: number,
    isWanted: () => boolean,
  ): Promise<void> {
    stalled = describeStall(failure, error);
    onRetry(failure, error);
    await delay(waitMs, undefined, { signal }).catch(() => {});
    if (signal.aborted || !isWanted()) throw new StoreAbandoned(error);
  }

  /**
   * Writes, however long that takes. Rejects when the rows are no longer wanted, or with a
   * failure that smaller batches may avoid.
   */
  async function writePatiently(rows: readonly R[], isWanted: () => boolean) {
    const backoff = createBackoff({ minMs: minWaitMs, maxMs: 5_000, random });
    for (;;) {
      try {
        return await write(rows);
      } catch (error) {
        const failure = classifyDatabaseError(error);
        if (failure === 'bad-row' || failure === 'statement') throw error;
        await pause(failure, error, backoff.nextMs(), isWanted);
      }
    }
  }

  /** Whether an empty write succeeds: the table is neither locked nor unreachable. */
  async function takesWrites(): Promise<boolean> {
    try {
      await writer.write(table, []);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Stores a row whose statement failed, or gives it up. A failure that does not concern a
   * value is blamed on the row only when it has repeated for long while the table accepts
   * other writes.
   */
  async function storeLone(
    row: R,
    isWanted: () => boolean,
    failed: { error: unknown; attempts: number; firstFailedAt: Date },
  ): Promise<RejectedRow<R>[]> {
    const { firstFailedAt } = failed;
    const backoff = createBackoff({ minMs: minWaitMs, maxMs: 30_000, random });
    let { error, attempts } = failed;
    let isRowsOwn = false;
    for (;;) {
      const lastFailedAt = now();
      if (isRowsOwn || classifyDatabaseError(error) === 'bad-row') {
        const message = describeDatabaseError(error);
        return [{ row, message, attempts, firstFailedAt, lastFailedAt }];
      }
      await pause('statement', error, backoff.nextMs(), isWanted);
      const patienceEnds =
        attempts + 1 >= maxLoneAttempts &&
        lastFailedAt.getTime() - firstFailedAt.getTime() >= lonePatienceMs;
      // Checked before the attempt: an obstacle may disappear in between.
      isRowsOwn = patienceEnds && (await takesWrites());
      try {
        await writePatiently([row], isWanted);
        return [];
      } catch (again) {
        if (again instanceof StoreAbandoned) throw again;
        error = again;
        attempts += 1;
      }
    }
  }

  /** Halves a failed batch until each failing row is alone. */
  async function storeOrSplit(
    rows: readonly R[],
    isWanted: () => boolean,
    earlier: { attempts: number; firstFailedAt?: Date },
  ): Promise<RejectedRow<R>[]> {
    try {
      await writePatiently(rows, isWanted);
      return [];
    } catch (error) {
      if (error instanceof StoreAbandoned) throw error;
      const history = {
        attempts: earlier.attempts + 1,
        firstFailedAt: earlier.firstFailedAt ?? now(),
      };
      const [row] = rows;
      if (rows.length === 1 && row !== undefined)
        return storeLone(row, isWanted, { error, ...history });
      if (classifyDatabaseError(error) === 'statement')
        onRetry('statement', error);
      if (!isWanted()) throw new StoreAbandoned(error);
      const middle = Math.ceil(rows.length / 2);
      return [
        ...(await storeOrSplit(rows.slice(0, middle), isWanted, history)),
        ...(await storeOrSplit(rows.slice(middle), isWanted, history)),
      ];
    }
  }

  return {
    async store(rows, isWanted) {
      if (rows.length === 0) return [];
      return storeOrSplit(rows.toSorted(compareRows), isWanted, {
        attempts: 0,
      });
    },
    stalledBecause: () => stalled,
  };
}

function describeStall(failure: DatabaseFailure, error: unknown): string {
  const reason = describeDatabaseError(error);
  return failure === 'schema'
    ? `the schema does not match, run the migrations: ${reason}`
    : `writing fails: ${reason}`;
}
