import type { LoggerService } from '@backstage/backend-plugin-api';
import { createReadOnlyPostgres } from '@homelab/portal-node';
import type {
  PostgresConnection,
  ReadOnlyPostgres,
} from '@homelab/portal-node';
import { escapeIdentifier } from 'pg';
import { z } from 'zod';

/** The same as for the rate of a Kafka topic. */
const rateSpan = '5 minutes';
const rateSpanSeconds = 300;

/** A table and the columns that show its freshness. */
export interface WatchedTable {
  /** `table` or `schema.table`. */
  readonly table: string;
  /** The time of a row, by which a hypertable is partitioned: only the last day is queried. */
  readonly timeColumn: string;
  /** When a row was written; by default the time of the row. */
  readonly storedAtColumn?: string;
}

const rowSchema = z.object({
  newest: z.date().nullable(),
  recent: z.coerce.number(),
});

/** Measures how fresh tables are, with read-only queries and a timeout. */
export class TableTraffic {
  private readonly postgres: ReadOnlyPostgres;

  constructor(deps: { database: PostgresConnection; logger: LoggerService }) {
    this.postgres = createReadOnlyPostgres({
      connection: deps.database,
      applicationName: 'backstage-pipelines',
      maxConnections: 2,
      statementTimeoutMs: 5_000,
      logger: deps.logger,
    });
  }

  /** Time of the newest row of the last day, and the rate of rows. Rejects when the query fails. */
  async of(
    table: WatchedTable,
  ): Promise<{ newestAtMs: number | null; ratePerSecond: number }> {
    const storedAt = escapeIdentifier(table.storedAtColumn ?? table.timeColumn);
    const name = table.table.split('.').map(escapeIdentifier).join('.');
    const { rows } = await this.postgres.read(client =>
      client.query(
        `select max(${storedAt}) as newest,
              count(*) filter (where ${storedAt} > now() - interval '${rateSpan}') as recent
       from ${name}
       where ${escapeIdentifier(table.timeColumn)} > now() - interval '1 day'`,
      ),
    );
    const { newest, recent } = rowSchema.parse(rows[0]);
    return {
      newestAtMs: newest?.getTime() ?? null,
      ratePerSecond: recent / rateSpanSeconds,
    };
  }

  async stop(): Promise<void> {
    await this.postgres.stop();
  }
}
