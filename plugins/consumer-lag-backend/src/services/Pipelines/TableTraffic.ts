import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { escapeIdentifier, Pool } from 'pg';
import { z } from 'zod';

const statementTimeoutMs = 5_000;
/** As the rate of a Kafka topic. */
const rateSpan = '5 minutes';
const rateSpanSeconds = 300;

/** A table and the columns that tell of its freshness. */
export interface WatchedTable {
  /** `table` or `schema.table`. */
  readonly table: string;
  /** The time of a row, by which a hypertable is cut: only its last day is looked at. */
  readonly timeColumn: string;
  /** When a row was written; the time of the row when absent. */
  readonly storedAtColumn?: string;
}

/** How to reach a PostgreSQL database; a user that may only read is enough. */
export interface TableDatabase {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

const rowSchema = z.object({
  newest: z.date().nullable(),
  recent: z.coerce.number(),
});

/** Tells how fresh tables are, by read-only queries of bounded time. */
export class TableTraffic {
  private readonly pool: Pool;

  constructor(deps: { database: TableDatabase; logger: LoggerService }) {
    this.pool = new Pool({
      ...deps.database,
      application_name: 'backstage-consumer-lag',
      max: 2,
      connectionTimeoutMillis: 4_000,
      idleTimeoutMillis: 30_000,
      statement_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + 2_000,
      options: '-c default_transaction_read_only=on',
    });
    // Without a listener a lost idle connection would end the process.
    this.pool.on('error', error =>
      deps.logger.warn(
        `A connection to the database of pipelines was lost: ${stringifyError(error)}`,
      ),
    );
  }

  /** When the newest row of the last day came, and how many come. Rejects when it cannot be asked. */
  async of(
    table: WatchedTable,
  ): Promise<{ newestAtMs: number | null; ratePerSecond: number }> {
    const storedAt = escapeIdentifier(table.storedAtColumn ?? table.timeColumn);
    const name = table.table.split('.').map(escapeIdentifier).join('.');
    const { rows } = await this.pool.query(
      `select max(${storedAt}) as newest,
              count(*) filter (where ${storedAt} > now() - interval '${rateSpan}') as recent
       from ${name}
       where ${escapeIdentifier(table.timeColumn)} > now() - interval '1 day'`,
    );
    const { newest, recent } = rowSchema.parse(rows[0]);
    return {
      newestAtMs: newest?.getTime() ?? null,
      ratePerSecond: recent / rateSpanSeconds,
    };
  }

  async stop(): Promise<void> {
    await this.pool.end();
  }
}
