import { Socket } from 'node:net';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { QueryResponse } from '@homelab/plugin-timescale-explorer-common';
import type { PostgresConnection } from '@homelab/portal-node';
import { Client, DatabaseError } from 'pg';

/** What a query may take. */
export interface QueryLimits {
  readonly timeoutMs: number;
  readonly maxRows: number;
  readonly maxBytes: number;
}

/** Why a query was stopped from outside. */
type Stop = 'cancelled' | 'deadline' | 'bytes';

const declare = 'DECLARE explorer_query NO SCROLL CURSOR FOR\n';
const firstBatch = 50;
const largestBatch = 1000;
/** The server ends a statement by itself; this is for one that talked it out of that. */
const graceMs = 500;

/** Values as PostgreSQL writes them: a number of JavaScript would lose digits. */
const asText = { getTypeParser: () => (text: string) => text };

/**
 * Runs one statement that reads, over a connection of its own that is thrown away. It is the
 * query of a cursor in a read-only transaction: the server's parser refuses all that is not one
 * SELECT, and rows are fetched only as far as the limits go.
 * @param deps.terminate ends a session of this role at the server, by its process
 * @param deps.check is run first, in the same transaction
 * @throws InputError with what the server says, or that it was cancelled or took too long
 */
export async function runQuery(deps: {
  readonly connection: PostgresConnection;
  readonly sql: string;
  readonly limits: QueryLimits;
  readonly signal: AbortSignal;
  terminate(pid: number): Promise<void>;
  check(client: Client): Promise<void>;
}): Promise<Omit<QueryResponse, 'now'>> {
  const { connection, sql, limits, signal } = deps;
  const startedMs = performance.now();
  const socket = new Socket();
  const client = new Client({
    ...connection,
    application_name: 'timescale-explorer query',
    connectionTimeoutMillis: 4_000,
    stream: () => socket,
    types: asText,
  });
  let stopped: Stop | undefined;
  const result: Omit<QueryResponse, 'now'> = {
    columns: [],
    rows: [],
    endedBy: 'end',
    tookMs: 0,
  };
  // A connection that is destroyed tells so; what was running rejects as well.
  client.on('error', () => {});
  const stop = (why: Stop) => {
    stopped ??= why;
    socket.destroy();
  };
  const onAbort = () => stop('cancelled');
  signal.addEventListener('abort', onAbort);
  const deadline = setTimeout(
    () => stop('deadline'),
    limits.timeoutMs + graceMs,
  );
  // One value may be larger than all that may be read: it is not waited for.
  const watch = setInterval(() => {
    if (socket.bytesRead > limits.maxBytes) stop('bytes');
  }, 10);
  try {
    if (signal.aborted) throw new InputError('The query was cancelled.');
    await client.connect();
    await client.query('BEGIN TRANSACTION READ ONLY');
    await deps.check(client);
    await client.query(
      `SET LOCAL lock_timeout = '1s'; SET LOCAL cursor_tuple_fraction = 1; SET LOCAL timezone = 'UTC'; ${remaining()}`,
    );
    // The extended protocol takes one statement only.
    const text = `${declare}${sql}`;
    await client.query({ text, queryMode: 'extended' } as { text: string });
    await fetchAll();
  } catch (error) {
    if (stopped !== 'bytes') throw explain(error, stopped, limits);
    result.endedBy = 'bytes';
  } finally {
    clearTimeout(deadline);
    clearInterval(watch);
    signal.removeEventListener('abort', onAbort);
    const pid = (client as unknown as { processID: number | null }).processID;
    socket.destroy();
    // A session that computes does not notice that nobody listens any more.
    if (stopped !== undefined && pid !== null) await deps.terminate(pid);
  }
  return { ...result, tookMs: performance.now() - startedMs };

  /** The query itself may lift the limit for what follows it, so each step sets what is left. */
  function remaining(): string {
    const leftMs = limits.timeoutMs - (performance.now() - startedMs);
    return `SET LOCAL statement_timeout = ${Math.max(1, Math.round(leftMs))}`;
  }

  async function fetchAll() {
    let size = firstBatch;
    let bytes = 0;
    for (;;) {
      await client.query(remaining());
      // One more than may be returned tells whether there is more.
      const wanted = Math.min(size, limits.maxRows + 1 - result.rows.length);
      const batch = await client.query<(string | null)[]>({
        text: `FETCH FORWARD ${wanted} FROM explorer_query`,
        rowMode: 'array',
      });
      if (result.columns.length === 0)
        result.columns = await describe(batch.fields);
      for (const row of batch.rows) {
        bytes += row.reduce((sum, value) => sum + (value?.length ?? 4), 0);
        if (bytes > limits.maxBytes) return void (result.endedBy = 'bytes');
        if (result.rows.length === limits.maxRows)
          return void (result.endedBy = 'rows');
        result.rows.push(row);
      }
      if (batch.rows.length < wanted) return undefined;
      size = Math.min(size * 2, largestBatch);
    }
  }

  async function describe(
    fields: readonly {
      name: string;
      dataTypeID: number;
      dataTypeModifier: number;
    }[],
  ): Promise<QueryResponse['columns']> {
    const { rows } = await client.query<{ type: string }>(
      `SELECT pg_catalog.format_type(t.id::pg_catalog.oid, t.modifier::pg_catalog.int4) AS type
       FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.int8[]), pg_catalog.unnest($2::pg_catalog.int4[]))
         WITH ORDINALITY AS t (id, modifier, at) ORDER BY at`,
      [
        fields.map(({ dataTypeID }) => dataTypeID),
        fields.map(({ dataTypeModifier }) => dataTypeModifier),
      ],
    );
    return fields.map(({ name }, index) => ({
      name,
      type: rows[index]?.type ?? 'unknown',
    }));
  }
}

function explain(
  error: unknown,
  stopped: Stop | undefined,
  { timeoutMs }: QueryLimits,
): unknown {
  const tooLong = `The query was stopped after ${timeoutMs / 1000} s. Narrow it down, such as by time.`;
  if (stopped === 'cancelled')
    return new InputError('The query was cancelled.');
  if (stopped === 'deadline') return new InputError(tooLong);
  if (!(error instanceof DatabaseError)) return error;
  if (error.code === '57014') return new InputError(tooLong);
  // The server has no place for it, refuses the login, or stops.
  if (/^(53|28|57P)/.test(error.code ?? ''))
    return new ServiceUnavailableError(error.message);
  const { message, hint, position } = error;
  const at = position && Number(position) - declare.length;
  return new InputError(
    [
      `${message}${at && at > 0 ? ` (at character ${at})` : ''}`,
      ...(hint ? [hint] : []),
    ].join('. '),
  );
}
