import type { Job, JobRun } from '@homelab/plugin-timescale-explorer-common';
import { CronTime } from 'cron';
import { iso, milliseconds } from './sql';
import type { Queryable } from './sql';
import { lateSince } from './timescaleJobs';

interface Row {
  id: string;
  name: string;
  schedule: string;
  command: string;
  owner: string;
  isScheduled: boolean;
  /** Null if the role may not see the setting; then the default holds. */
  zone: string | null;
  lastSucceededAt: string | null;
  totalRuns: number;
  totalFailures: number;
  runs: (JobRun & { status: string })[];
}

/** The jobs of pg_cron in this database, with the runs that it keeps. */
export async function readCronJobs(
  database: Queryable,
  nowMs: number,
): Promise<Job[]> {
  const { rows } = await database.query<Row>(
    `SELECT j.jobid::text AS id, coalesce(j.jobname, left(j.command, 60)) AS name, j.schedule, j.command,
      j.username AS owner, j.active AS "isScheduled",
      CASE WHEN pg_has_role('pg_read_all_settings', 'MEMBER') THEN current_setting('cron.timezone', true) END AS zone,
      total.*, coalesce(last.runs, '[]') AS runs
    FROM cron.job AS j
    CROSS JOIN LATERAL (
      SELECT ${iso("max(d.end_time) FILTER (WHERE d.status = 'succeeded')")} AS "lastSucceededAt",
        count(*)::double precision AS "totalRuns",
        (count(*) FILTER (WHERE d.status = 'failed'))::double precision AS "totalFailures"
      FROM cron.job_run_details AS d WHERE d.jobid = j.jobid
    ) AS total
    CROSS JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('startedAt', r.at, 'durationMs', r.ms, 'succeeded', r.status = 'succeeded',
        'message', CASE WHEN r.status = 'failed' THEN r.return_message END, 'status', r.status) ORDER BY r.runid) AS runs
      FROM (
        SELECT d.runid, d.status, d.return_message, ${iso('d.start_time')} AS at, ${milliseconds('d.end_time - d.start_time')} AS ms
        FROM cron.job_run_details AS d WHERE d.jobid = j.jobid AND d.start_time IS NOT NULL
        ORDER BY d.runid DESC LIMIT 30
      ) AS r
    ) AS last
    WHERE j.database = current_database() ORDER BY name`,
  );
  return rows.map(row => describe(row, nowMs));
}

function describe(row: Row, nowMs: number): Job {
  const { runs, zone: given, ...rest } = row;
  const zone = given ?? 'GMT';
  const last = runs.at(-1);
  const ended = runs.filter(({ durationMs }) => durationMs !== null).at(-1);
  const isRunning =
    last !== undefined && !['succeeded', 'failed'].includes(last.status);
  const nextAt = nextStart(row.schedule, zone, nowMs);
  const expectedAt =
    last && nextStart(row.schedule, zone, Date.parse(last.startedAt));
  return {
    ...rest,
    scheduler: 'pg_cron',
    kind: 'own',
    target: null,
    everyMs: everyMsOf(row.schedule, zone, nowMs),
    limits: {},
    lastStatus: isRunning ? 'running' : statusOf(last),
    lastStartedAt: last?.startedAt ?? null,
    lastDurationMs: ended?.durationMs ?? null,
    lastError: last?.message ?? null,
    nextStartAt: row.isScheduled ? nextAt : null,
    overdueSince:
      row.isScheduled && !isRunning
        ? lateSince(expectedAt ?? null, nowMs)
        : null,
    runs: runs.map(({ status: _, ...run }) => run),
  };
}

function statusOf(run: JobRun | undefined): Job['lastStatus'] {
  if (run === undefined) return 'never';
  return run.succeeded ? 'succeeded' : 'failed';
}

const inSeconds = /^\s*(\d+)\s+seconds?\s*$/;

/** The next start after a time; null for an expression that only pg_cron knows. */
export function nextStart(
  schedule: string,
  zone: string,
  afterMs: number,
): string | null {
  const seconds = inSeconds.exec(schedule)?.[1];
  if (seconds !== undefined)
    return new Date(afterMs + Number(seconds) * 1000).toISOString();
  try {
    return new CronTime(schedule, zone)
      .getNextDateFrom(new Date(afterMs), zone)
      .toUTC()
      .toISO();
  } catch {
    return null;
  }
}

function everyMsOf(schedule: string, zone: string, nowMs: number) {
  const next = nextStart(schedule, zone, nowMs);
  const after = next && nextStart(schedule, zone, Date.parse(next));
  return next && after ? Date.parse(after) - Date.parse(next) : null;
}
