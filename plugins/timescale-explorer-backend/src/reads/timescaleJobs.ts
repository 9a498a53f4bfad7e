import type {
  Job,
  JobKind,
  JobRun,
} from '@homelab/plugin-timescale-explorer-common';
import { formatDuration } from '@homelab/portal-common';
import { iso, milliseconds } from './sql';
import type { Queryable } from './sql';

type Row = Omit<
  Job,
  'scheduler' | 'kind' | 'schedule' | 'lastStatus' | 'overdueSince'
> & {
  procedure: string;
  jobId: number;
  jobStatus: string | null;
  lastRunStatus: string | null;
};

const limitNames = [
  'drop_after',
  'compress_after',
  'start_offset',
  'end_offset',
];

/** A limit is an interval, or a number for a table partitioned by integers. */
const limitSql = (name: string) =>
  `'${name}', CASE WHEN j.config ? '${name}' THEN jsonb_build_object('text', j.config ->> '${name}',
    'ms', CASE WHEN jsonb_typeof(j.config -> '${name}') = 'string'
      THEN ${milliseconds(`(j.config ->> '${name}')::interval`)} END) END`;

const kindByProcedure: Readonly<Record<string, JobKind>> = {
  policy_compression: 'columnstore',
  policy_retention: 'retention',
  policy_refresh_continuous_aggregate: 'refresh',
  policy_reorder: 'reorder',
};

const nameByKind: Readonly<Record<JobKind, string>> = {
  columnstore: 'Columnstore policy',
  retention: 'Retention policy',
  refresh: 'Refresh policy',
  reorder: 'Reorder policy',
  own: 'Job',
  internal: 'Internal job',
};

/** Jobs of the user have numbers from here. */
const firstOwnId = 1000;

/** A scheduler is busy for a while; only then is a job late. */
const graceMs = 5 * 60_000;

/** The jobs of TimescaleDB, with what is known of their runs. */
export async function readTimescaleJobs(
  database: Queryable,
  nowMs: number,
): Promise<Job[]> {
  const { rows } = await database.query<Row>(
    `SELECT j.job_id AS "jobId", j.job_id::text AS id, j.application_name::text AS name,
      j.proc_name::text AS procedure,
      CASE WHEN ca.view_name IS NOT NULL THEN ca.view_schema || '.' || ca.view_name
        WHEN j.hypertable_name IS NOT NULL THEN j.hypertable_schema || '.' || j.hypertable_name END AS target,
      ${milliseconds('j.schedule_interval')} AS "everyMs", j.scheduled AS "isScheduled", j.owner::text AS owner,
      j.proc_schema || '.' || j.proc_name || coalesce(' ' || j.config::text, '') AS command,
      jsonb_strip_nulls(jsonb_build_object(${limitNames.map(limitSql).join(', ')})) AS limits,
      s.job_status AS "jobStatus", s.last_run_status AS "lastRunStatus",
      ${iso('s.last_run_started_at')} AS "lastStartedAt", ${iso('s.last_successful_finish')} AS "lastSucceededAt",
      ${milliseconds('s.last_run_duration')} AS "lastDurationMs", ${iso('coalesce(s.next_start, j.next_start)')} AS "nextStartAt",
      coalesce(s.total_runs, 0)::double precision AS "totalRuns", coalesce(s.total_failures, 0)::double precision AS "totalFailures",
      CASE WHEN s.last_run_status = 'Failed' THEN (
        SELECT e.err_message FROM timescaledb_information.job_errors AS e
        WHERE e.job_id = j.job_id ORDER BY e.finish_time DESC NULLS LAST LIMIT 1) END AS "lastError",
      coalesce((SELECT jsonb_agg(jsonb_build_object('startedAt', r.at, 'durationMs', r.ms, 'succeeded', coalesce(r.succeeded, false),
          'message', r.err_message) ORDER BY r.at)
        FROM (SELECT ${iso('h.start_time')} AS at, ${milliseconds('h.finish_time - h.start_time')} AS ms, h.succeeded, h.err_message
          FROM timescaledb_information.job_history AS h
          WHERE h.job_id = j.job_id AND h.start_time IS NOT NULL ORDER BY h.start_time DESC LIMIT 30) AS r), '[]') AS runs
    FROM timescaledb_information.jobs AS j
    LEFT JOIN timescaledb_information.job_stats AS s USING (job_id)
    LEFT JOIN timescaledb_information.continuous_aggregates AS ca
      ON ca.materialization_hypertable_schema = j.hypertable_schema AND ca.materialization_hypertable_name = j.hypertable_name
    ORDER BY j.job_id`,
  );
  return rows.map(row => describe(row, nowMs));
}

function describe(row: Row, nowMs: number): Job {
  const { procedure, jobId, jobStatus, lastRunStatus, ...rest } = row;
  const kind =
    kindByProcedure[procedure] ?? (jobId < firstOwnId ? 'internal' : 'own');
  const isRunning = jobStatus === 'Running';
  return {
    ...rest,
    scheduler: 'timescaledb',
    kind,
    name: kind === 'own' || kind === 'internal' ? procedure : nameByKind[kind],
    schedule:
      row.everyMs === null ? 'never' : `every ${formatDuration(row.everyMs)}`,
    lastStatus: isRunning ? 'running' : statusOf(lastRunStatus),
    overdueSince:
      row.isScheduled && !isRunning ? lateSince(row.nextStartAt, nowMs) : null,
    runs: rest.runs as JobRun[],
  };
}

function statusOf(lastRunStatus: string | null): Job['lastStatus'] {
  if (lastRunStatus === 'Success') return 'succeeded';
  return lastRunStatus === 'Failed' ? 'failed' : 'never';
}

/** When a job should have started, if it is late by more than a scheduler takes. */
export function lateSince(startAt: string | null, nowMs: number) {
  if (startAt === null) return null;
  return Date.parse(startAt) + graceMs < nowMs ? startAt : null;
}
