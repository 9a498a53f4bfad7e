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

/** A row that the database refuses whenever it is asked. */
export interface RejectedRow<R extends Row> {
  readonly row: R;
  readonly message: string;
  /** Statements that held the row and were refused. */
  readonly attempts: number;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
}

/** The rows were given up uncommitted: this process stops, or they are another's now. */
export class StoreAbandoned extends Error {
  readonly code = 'STORE_ABANDONED';
  readonly retryable = true;

  constructor(cause: unknown) {
    super('The rows were not written before the sink had to let go of them.', {
      cause,
    });
    this.name = 'StoreAbandoned';
  }
}

/** A failed attempt that will be repeated. */
export type RetryReason = Exclude<DatabaseFailure, 'bad-row'>;

export interface RowStore<R extends Row> {
  /**
   * Stores rows and gives those that the database refuses. Waits as long as the
   * database is away; rejects with {@link StoreAbandoned} when `isWanted` turns false
   * while it does.
   */
  store(rows: readonly R[], isWanted: () => boolean): Promise<RejectedRow<R>[]>;
  /** Why nothing is being stored, as a sentence; `undefined` when all is well. */
  stalledBecause(): string | undefined;
}

/** Creates the store of one table: sorts, writes, repeats, and singles out bad rows. */
export function createRowStore<R extends Row>(deps: {
  table: ReadingTable;
  writer: RowWriter;
  /** Ends the waiting between attempts when the process stops. */
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

  /** Writes or waits; rejects only with a refusal of values or when no longer wanted. */
  async function writePatiently(rows: readonly R[], isWanted: () => boolean) {
    const backoff = createBackoff({ minMs: minWaitMs, maxMs: 5_000, random });
    for (;;) {
      try {
        const counts = await writer.write(table, rows);
        stalled = undefined;
        onWritten(rows, counts);
        return;
      } catch (error) {
        const failure = classifyDatabaseError(error);
        if (failure === 'bad-row') throw error;
        stalled = describeStall(failure, error);
        onRetry(failure, error);
        await delay(backoff.nextMs(), undefined, { signal }).catch(() => {});
        if (signal.aborted || !isWanted()) throw new StoreAbandoned(error);
      }
    }
  }

  /** Halves a refused batch until each refused row stands alone. */
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
      const failedAt = now();
      const history = {
        attempts: earlier.attempts + 1,
        firstFailedAt: earlier.firstFailedAt ?? failedAt,
      };
      const [row] = rows;
      if (rows.length === 1 && row !== undefined) {
        const message = describeDatabaseError(error);
        return [{ row, message, ...history, lastFailedAt: failedAt }];
      }
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
    ? `the schema does not fit, run the migrations: ${reason}`
    : `writing fails: ${reason}`;
}
