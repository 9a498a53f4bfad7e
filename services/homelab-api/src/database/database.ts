import type { ConnectionState, Logger } from '@homelab/service-kit';
import { readRollupSettings, readSchemaState } from '@homelab/timescale-schema';
import { DatabaseError, Pool } from 'pg';
import type { PoolClient, QueryResultRow } from 'pg';
import type { Config } from '../config.ts';
import { ProblemError } from '../http/problems.ts';

/** A query whose text is fixed: prepared once on each connection under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Runs a statement inside of a transaction. */
export type Query = <Row extends QueryResultRow>(
  statement: Statement,
  values: readonly unknown[],
) => Promise<Row[]>;

/** The database as the routes see it. */
export interface Database {
  /**
   * Runs a query and returns its rows. Rejects with a {@link ProblemError}: `database_busy` when
   * too many wait for a connection, `query_timeout`, or `database_unavailable`.
   */
  rows<Row extends QueryResultRow>(
    statement: Statement,
    values: readonly unknown[],
  ): Promise<Row[]>;
  /**
   * Runs a transaction that may write what the role may. Rejects like `rows`, or with what the
   * work throws; then nothing is written.
   */
  change<Result>(work: (query: Query) => Promise<Result>): Promise<Result>;
  /** IANA zone whose days the daily rollups have. Rejects like a query. */
  siteTimeZone(): Promise<string>;
  /** Whether the database answers and has the schema. */
  check(): Promise<ConnectionState>;
  /** Closes every connection. May be called twice. */
  stop(): Promise<void>;
}

/** How long a request waits for a connection: 200 readers at once wait for seconds on a small machine. */
const connectionWaitMs = 10_000;

/** Creates a pool that connects on first use. */
export function createDatabase(deps: {
  config: Config['database'];
  logger: Logger;
}): Database {
  const { config, logger } = deps;
  const { connections, queue, statementTimeoutMs, ...server } = config;
  const pool = new Pool({
    ...server,
    max: connections,
    application_name: 'homelab-api',
    connectionTimeoutMillis: connectionWaitMs,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    // For a server that is frozen and cannot even keep its own limit.
    query_timeout: statementTimeoutMs + 2_000,
    idle_in_transaction_session_timeout: 10_000,
    options: sessionOptions,
  });
  // The next query tells; without a listener a cut connection would end the process.
  pool.on('error', error =>
    logger.debug({ event: 'connection-lost', err: error }, 'connection lost'),
  );
  let stopped: Promise<void> | undefined;

  const isFull = () => pool.totalCount >= connections && pool.idleCount === 0;

  return {
    async rows(statement, values) {
      if (pool.waitingCount >= queue && isFull()) throw busy();
      try {
        const { rows } = await pool.query({
          ...statement,
          values: [...values],
        });
        return rows;
      } catch (error) {
        throw asProblem(error, isFull(), logger);
      }
    },
    async change(work) {
      if (pool.waitingCount >= queue && isFull()) throw busy();
      try {
        const client = await pool.connect();
        try {
          return await inTransaction(client, work);
        } finally {
          client.release();
        }
      } catch (error) {
        throw error instanceof ProblemError
          ? error
          : asProblem(error, isFull(), logger);
      }
    },
    async siteTimeZone() {
      try {
        const settings = await readRollupSettings(pool);
        return settings?.timeZone ?? 'UTC';
      } catch (error) {
        throw asProblem(error, isFull(), logger);
      }
    },
    check: () => readSchemaState(pool),
    async stop() {
      stopped ??= pool.end();
      await stopped;
    },
  };
}

async function inTransaction<Result>(
  client: PoolClient,
  work: (query: Query) => Promise<Result>,
): Promise<Result> {
  await client.query('BEGIN READ WRITE');
  try {
    const result = await work(async (statement, values) => {
      const { rows } = await client.query({
        ...statement,
        values: [...values],
      });
      return rows;
    });
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A broken connection cannot roll back, and need not.
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/**
 * Every session only reads, but for transactions that say otherwise. PostgreSQL chooses, statement by
 * statement, what is cheaper: a plan that is kept, as for rollups, or one for these values, which opens
 * the chunks of their time alone.
 */
const sessionOptions = '-c default_transaction_read_only=on';

const queryCanceled = '57014';

function busy(cause?: unknown): ProblemError {
  return new ProblemError(
    'database_busy',
    'Every connection to the database is in use and too many requests wait. Try again soon.',
    { cause, retryAfterSeconds: 1 },
  );
}

function asProblem(error: unknown, full: boolean, logger: Logger): Error {
  if (error instanceof DatabaseError && error.code === queryCanceled) {
    return new ProblemError(
      'query_timeout',
      'The database took too long. Ask for a shorter range or a wider bucket.',
      { cause: error, retryAfterSeconds: 5 },
    );
  }
  // A fault of ours, such as a wrong column: 500, with the cause in the log.
  if (error instanceof DatabaseError && /^(2|42)/.test(error.code ?? ''))
    return error;
  const waited =
    error instanceof Error &&
    /timeout exceeded when trying/.test(error.message);
  if (waited && full) return busy(error);
  logger.warn({ event: 'database-failed', err: error }, 'database failed');
  return new ProblemError(
    'database_unavailable',
    'The database of readings cannot be read now.',
    { cause: error, retryAfterSeconds: 5 },
  );
}
