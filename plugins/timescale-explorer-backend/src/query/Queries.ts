import { ConflictError } from '@backstage/errors';
import { queryLimits } from '@homelab/plugin-timescale-explorer-common';
import type {
  QueryRequest,
  QueryResponse,
} from '@homelab/plugin-timescale-explorer-common';
import type { PostgresConnection } from '@homelab/portal-node';
import type { Read } from '../reads/sql';
import { requireReader } from './requireReader';
import { runQuery } from './runQuery';

/** With the two connections that read the state, within the five of the role. */
const mostAtOnce = 2;

/** The queries that run on a database, each of somebody. */
export class Queries {
  private readonly running = new Map<
    string,
    { by: string; abort: AbortController }
  >();

  constructor(
    private readonly deps: {
      readonly connection: PostgresConnection;
      readonly read: Read;
    },
  ) {}

  /**
   * Runs a query for somebody.
   * @param signal ends it when nobody waits for the answer any more
   * @throws ConflictError while too many run; InputError with what the server says
   */
  async run(
    { id, sql, maxRows }: QueryRequest,
    by: string,
    signal: AbortSignal,
  ): Promise<Omit<QueryResponse, 'now'>> {
    if (this.running.has(id))
      throw new ConflictError('A query with this id is running.');
    if (this.running.size >= mostAtOnce)
      throw new ConflictError(
        `${mostAtOnce} queries are running on this database. Wait until one has ended, or cancel yours.`,
      );
    const abort = new AbortController();
    this.running.set(id, { by, abort });
    try {
      return await runQuery({
        connection: this.deps.connection,
        sql,
        limits: {
          timeoutMs: queryLimits.timeoutMs,
          maxBytes: queryLimits.bytes,
          maxRows,
        },
        signal: AbortSignal.any([abort.signal, signal]),
        terminate: pid => this.terminate(pid),
        check: client =>
          requireReader({
            query: async <Row extends object>(text: string) =>
              client.query<Row>(text),
          }),
      });
    } finally {
      this.running.delete(id);
    }
  }

  /** Ends a query of the same person; false when none runs under this id. */
  cancel(id: string, by: string): boolean {
    const query = this.running.get(id);
    if (query === undefined || query.by !== by) return false;
    query.abort.abort();
    return true;
  }

  /** Ends the session if it is still one of ours: a number of a process is used again. */
  private async terminate(pid: number): Promise<void> {
    await this.deps.read(database =>
      database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE pid = $1 AND usename = current_user AND application_name = 'timescale-explorer query'`,
        [pid],
      ),
    );
  }
}
