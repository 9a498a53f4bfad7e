import { iso, milliseconds } from './sql';
import type { Queryable } from './sql';

/** How a table was used and how many dead rows it has; a hypertable with all its chunks. */
export interface TableUse {
  schema: string;
  table: string;
  isHypertable: boolean;
  liveRows: number;
  deadRows: number;
  sequentialScans: number;
  rowsPerSequentialScan: number;
  indexScans: number;
}

/** A transaction and how long it has been open. */
export interface OpenTransaction {
  pid: number;
  user: string;
  application: string;
  state: string;
  ageMs: number;
}

/** What the server says of itself. */
export interface ServerUse {
  connections: number;
  maxConnections: number;
  /** The oldest open transaction of the database. */
  oldest: OpenTransaction | null;
  /** Whether other roles' transactions can be seen. */
  seesAll: boolean;
  cacheBytes: number;
  statisticsSince: string | null;
}

/** The use of tables: hypertables when the database has them, and ordinary ones. */
export async function readTableUse(
  database: Queryable,
  hasTimescale: boolean,
): Promise<TableUse[]> {
  const hypertables = hasTimescale
    ? `SELECT c.oid FROM timescaledb_information.hypertables AS h
       JOIN pg_namespace AS n ON n.nspname = h.hypertable_schema
       JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = h.hypertable_name`
    : 'SELECT oid FROM pg_class WHERE false';
  const { rows } = await database.query<TableUse>(
    `WITH hypertables AS (${hypertables}), used AS (
      SELECT s.*, coalesce(i.inhparent, s.relid) AS owner_id, h.oid IS NOT NULL AS hyper
      FROM pg_stat_user_tables AS s
      LEFT JOIN pg_inherits AS i ON i.inhrelid = s.relid AND i.inhparent IN (SELECT oid FROM hypertables)
      LEFT JOIN hypertables AS h ON h.oid = coalesce(i.inhparent, s.relid)
      WHERE s.schemaname !~ '^_timescaledb_' OR i.inhparent IS NOT NULL
    )
    SELECT n.nspname AS schema, c.relname AS "table", bool_or(u.hyper) AS "isHypertable",
      sum(n_live_tup)::double precision AS "liveRows", sum(n_dead_tup)::double precision AS "deadRows",
      sum(seq_scan)::double precision AS "sequentialScans",
      coalesce(sum(seq_tup_read) / nullif(sum(seq_scan), 0), 0)::double precision AS "rowsPerSequentialScan",
      coalesce(sum(idx_scan), 0)::double precision AS "indexScans"
    FROM used AS u JOIN pg_class AS c ON c.oid = u.owner_id JOIN pg_namespace AS n ON n.oid = c.relnamespace
    GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  return rows;
}

/** Connections, transactions and memory of the server. */
export async function readServerUse(database: Queryable): Promise<ServerUse> {
  const { rows } = await database.query<Omit<ServerUse, 'oldest'>>(
    `SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int AS connections,
      current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int AS "maxConnections",
      pg_has_role('pg_read_all_stats', 'MEMBER') AS "seesAll",
      (pg_size_bytes(current_setting('effective_cache_size')))::double precision AS "cacheBytes",
      (SELECT ${iso('stats_reset')} FROM pg_stat_database WHERE datname = current_database()) AS "statisticsSince"`,
  );
  const oldest = await database.query<OpenTransaction>(
    `SELECT pid, usename AS user, application_name AS application, state,
      ${milliseconds('clock_timestamp() - xact_start')} AS "ageMs"
    FROM pg_stat_activity
    WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
      AND backend_type = 'client backend'
    ORDER BY xact_start LIMIT 1`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('The server says nothing of itself.');
  return { ...row, oldest: oldest.rows[0] ?? null };
}
