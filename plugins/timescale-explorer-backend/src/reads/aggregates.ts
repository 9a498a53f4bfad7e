import type {
  Aggregate,
  Job,
  Server,
} from '@homelab/plugin-timescale-explorer-common';
import { stringifyError } from '@backstage/errors';
import type { RollupConfig } from '../config';
import { identifier, iso, literal, milliseconds, quoted } from './sql';
import type { Queryable } from './sql';

type Row = Omit<
  Aggregate,
  'kind' | 'refresh' | 'problem' | 'pending' | 'bucket'
> & {
  materialization: string;
  bucket: string | null;
  pendingCount: number;
  pendingFrom: string | null;
  pendingTo: string | null;
  mayRead: boolean;
};

const toTime = '_timescaledb_functions.to_timestamp';
const isFinite = `l.lowest_modified_value > -210866803200000000
  AND l.greatest_modified_value < 9223371331200000000`;

/** Continuous aggregates with how far they are; the watermark needs SELECT on the aggregate. */
export async function readContinuousAggregates(
  database: Queryable,
  jobs: readonly Job[],
): Promise<Aggregate[]> {
  const { rows } = await database.query<Row>(
    `WITH listed AS (
      SELECT ca.*, m.id, m.schema_name || '.' || m.table_name AS materialization,
        has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(v.oid, 'SELECT') AS may_read
      FROM timescaledb_information.continuous_aggregates AS ca
      JOIN _timescaledb_catalog.hypertable AS m
        ON m.schema_name = ca.materialization_hypertable_schema AND m.table_name = ca.materialization_hypertable_name
      JOIN pg_namespace AS n ON n.nspname = ca.view_schema
      JOIN pg_class AS v ON v.relnamespace = n.oid AND v.relname = ca.view_name
    ), read AS (
      SELECT l.*, CASE WHEN l.may_read THEN ${toTime}(_timescaledb_functions.cagg_watermark(l.id)) END AS watermark
      FROM listed AS l
    )
    SELECT r.view_schema || '.' || r.view_name AS name, r.hypertable_schema || '.' || r.hypertable_name AS source,
      r.materialization, b.bucket_width AS bucket,
      CASE WHEN b.bucket_width ~ '[a-z:]' THEN ${milliseconds('b.bucket_width::interval')} END AS "bucketMs", b.bucket_timezone AS "timeZone", NOT r.materialized_only AS "isRealTime",
      r.may_read AS "mayRead", ${iso('r.watermark')} AS "watermarkAt", p.*,
      (SELECT sum(pg_total_relation_size(c.oid)) FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid
        WHERE i.inhparent = format('%I.%I', r.materialization_hypertable_schema, r.materialization_hypertable_name)::regclass
      )::double precision AS bytes
    FROM read AS r
    LEFT JOIN LATERAL _timescaledb_functions.cagg_get_bucket_function_info(r.id) AS b ON true
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "pendingCount", ${iso(`min(${toTime}(l.lowest_modified_value))`)} AS "pendingFrom",
        ${iso(`max(${toTime}(l.greatest_modified_value))`)} AS "pendingTo"
      FROM _timescaledb_catalog.continuous_aggs_materialization_invalidation_log AS l
      WHERE l.materialization_id = r.id AND ${isFinite}
    ) AS p
    ORDER BY 1`,
  );
  const nameByTable = new Map(
    rows.map(({ materialization, name }) => [materialization, name]),
  );
  return rows.map(row => {
    const { materialization, mayRead, ...rest } = row;
    const { pendingCount, pendingFrom, pendingTo, ...aggregate } = rest;
    return {
      ...aggregate,
      kind: 'continuous',
      source: nameByTable.get(row.source) ?? row.source,
      problem: mayRead
        ? null
        : `Grant SELECT on ${row.name} to the role of the explorer to see how far it is.`,
      pending: { count: pendingCount, from: pendingFrom, to: pendingTo },
      refresh: refreshOf(
        jobs.find(
          ({ kind, target }) => kind === 'refresh' && target === row.name,
        ),
      ),
    };
  });
}

function refreshOf(job: Job | undefined): Aggregate['refresh'] {
  if (job === undefined) return null;
  return {
    job: job.scheduler === 'pg_cron' ? job.name : job.id,
    startOffset: job.limits.start_offset?.text ?? null,
    endOffset: job.limits.end_offset?.text ?? null,
    everyMs: job.everyMs,
    lastSucceededAt: job.lastSucceededAt,
    nextStartAt: job.nextStartAt,
    lastStatus: job.lastStatus,
  };
}

/** The rollups of the configuration; one that cannot be read says why. */
export async function readRollups(
  read: <T>(work: (database: Queryable) => Promise<T>) => Promise<T>,
  rollups: readonly RollupConfig[],
  jobs: readonly Job[],
): Promise<Aggregate[]> {
  return Promise.all(
    rollups.map(async rollup => {
      const found = await read(database => readRollup(database, rollup)).catch(
        error => ({ ...nothing, problem: stringifyError(error) }),
      );
      return {
        ...found,
        name: rollup.table,
        kind: 'rollup' as const,
        source: rollup.source,
        bucket: rollup.bucket,
        timeZone: null,
        isRealTime: null,
        refresh: refreshOf(
          jobs.find(
            ({ scheduler, name }) =>
              scheduler === 'pg_cron' && name === rollup.job,
          ),
        ),
      };
    }),
  );
}

const nothing = {
  watermarkAt: null,
  bucketMs: null,
  bytes: null,
  pending: null,
  problem: null as string | null,
};

async function readRollup(database: Queryable, rollup: RollupConfig) {
  const { rows } = await database.query<{
    watermarkAt: string | null;
    bucketMs: number;
    bytes: number;
  }>(
    `SELECT ${milliseconds('$1::interval')} AS "bucketMs", ${iso(`(SELECT max(${identifier(rollup.bucketColumn)}) + $1::interval FROM ${quoted(rollup.table)})`)} AS "watermarkAt",
      pg_total_relation_size(${literal(quoted(rollup.table))}::regclass)::double precision AS bytes`,
    [rollup.bucket],
  );
  return { ...nothing, ...rows[0], pending: await pendingOf(database, rollup) };
}

async function pendingOf(database: Queryable, { pending }: RollupConfig) {
  if (pending === undefined) return null;
  const time = identifier(pending.timeColumn);
  const conditions = Object.entries(pending.where).map(
    ([column, value]) => `${identifier(column)} = ${literal(value)}`,
  );
  const { rows } = await database.query<NonNullable<Aggregate['pending']>>(
    `SELECT count(DISTINCT ${time})::int AS count, ${iso(`min(${time})`)} AS "from", ${iso(`max(${time})`)} AS "to"
    FROM ${quoted(pending.table)} WHERE ${['true', ...conditions].join(' AND ')}`,
  );
  return rows[0] ?? null;
}

/** What an edition lacks for aggregates, in one sentence. */
export function noteOnAggregates(
  server: Server,
  hasRollups: boolean,
): string | null {
  if (server.edition === 'community') return null;
  const lacks =
    server.edition === 'apache'
      ? 'The Apache edition has no continuous aggregates'
      : 'Without TimescaleDB there are no continuous aggregates';
  return hasRollups
    ? `${lacks}; these rollups are kept by jobs.`
    : `${lacks}; name the rollups that your own jobs keep in the configuration to see them here.`;
}
