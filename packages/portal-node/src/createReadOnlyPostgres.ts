import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { Pool } from 'pg';
import type { PoolClient } from 'pg';

/** Connection to a PostgreSQL database; a read-only user suffices. */
export interface PostgresConnection {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** TLS: whether to use it, or a CA certificate to trust. Without it by default. */
  readonly ssl?: boolean | { readonly ca: string };
}

/** A PostgreSQL database that is only ever read. */
export interface ReadOnlyPostgres {
  /**
   * Runs queries on one snapshot of the database, in a read-only transaction. Rejects
   * with what `pg` or `work` throws.
   */
  read<T>(work: (client: PoolClient) => Promise<T>): Promise<T>;
  /** Closes every connection. May be called twice. */
  stop(): Promise<void>;
}

/** Creates a small pool; it connects on first use. */
export function createReadOnlyPostgres(deps: {
  readonly connection: PostgresConnection;
  /** The connections' name in PostgreSQL's own views. */
  readonly applicationName: string;
  readonly maxConnections: number;
  readonly statementTimeoutMs: number;
  readonly logger: LoggerService;
}): ReadOnlyPostgres {
  const { connection, statementTimeoutMs, logger } = deps;
  const pool = new Pool({
    ...connection,
    application_name: deps.applicationName,
    max: deps.maxConnections,
    connectionTimeoutMillis: 4_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + 2_000,
  });
  // Without a listener, losing an idle connection would crash the process.
  pool.on('error', error =>
    logger.warn(
      `Lost a connection to the database ${connection.database}: ${stringifyError(error)}`,
    ),
  );
  let stopped: Promise<void> | undefined;
  return {
    async read(work) {
      let client: PoolClient | undefined;
      try {
        client = await pool.connect();
        await client.query('begin isolation level repeatable read read only');
        const result = await work(client);
        await client.query('commit');
        client.release();
        return result;
      } catch (error) {
        // Discards a connection in an unknown state.
        client?.release(true);
        throw error;
      }
    },
    async stop() {
      stopped ??= pool.end();
      await stopped;
    },
  };
}
