import { setTimeout as delay } from 'node:timers/promises';
import type { TokenRows } from '@homelab/access';
import type { ConnectionState, Logger } from '@homelab/service-kit';
import { readSchemaState } from '@homelab/timescale-schema';
import { Pool } from 'pg';
import type { QueryResultRow } from 'pg';
import type { Config } from '../config.ts';

/** The database as the server sees it. */
export interface Database extends TokenRows {
  /** Runs a prepared statement and returns its rows. Rejects as `pg` does. */
  rows<Row extends QueryResultRow>(
    statement: { readonly name: string; readonly text: string },
    values: readonly unknown[],
  ): Promise<Row[]>;
  /** Whether it answers and has the schema, as last checked. */
  state(): ConnectionState;
  /** Begins to check it. */
  start(): void;
  /** Closes every connection. May be called twice. */
  stop(): Promise<void>;
}

const connections = 4;
const connectionWaitMs = 2_000;
const statementTimeoutMs = 5_000;
const checkIntervalMs = 2_000;

/** Creates a pool that connects on first use. */
export function createDatabase(deps: {
  config: Config['database'];
  logger: Logger;
}): Database {
  const { config, logger } = deps;
  const pool = new Pool({
    ...config,
    max: connections,
    application_name: 'energy-websocket',
    connectionTimeoutMillis: connectionWaitMs,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    // For a server that is frozen and cannot even keep its own limit.
    query_timeout: statementTimeoutMs + 2_000,
  });
  // The next query tells; without a listener a cut connection would end the process.
  pool.on('error', error =>
    logger.debug({ event: 'connection-lost', err: error }, 'connection lost'),
  );
  const stopping = new AbortController();
  const { signal } = stopping;
  let state: ConnectionState = { ok: false, detail: 'not asked yet' };
  let loop: Promise<void> | undefined;
  let ended: Promise<void> | undefined;

  async function watch(): Promise<void> {
    while (!signal.aborted) {
      state = await readSchemaState(pool).catch((error: unknown) => ({
        ok: false,
        detail: error instanceof Error ? error.message : String(error),
      }));
      await delay(checkIntervalMs, undefined, { signal }).catch(() => {});
    }
  }

  return {
    async rows(statement, values) {
      const { rows } = await pool.query({ ...statement, values: [...values] });
      return rows;
    },
    state: () => state,
    start() {
      loop ??= watch();
    },
    async stop() {
      stopping.abort();
      await loop;
      ended ??= pool.end();
      await ended;
    },
  };
}
