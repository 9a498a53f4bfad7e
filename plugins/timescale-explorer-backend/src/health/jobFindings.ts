import type { Finding, Job } from '@homelab/plugin-timescale-explorer-common';
import { formatDuration } from '@homelab/portal-common';
import { evidence } from './evidence';

const hourMs = 3_600_000;

/** Jobs that failed, never succeeded, or did not start when they should have. */
export function jobFindings(jobs: readonly Job[], nowMs: number): Finding[] {
  return jobs
    .filter(({ kind }) => kind !== 'internal')
    .flatMap(job => findingOf(job, nowMs) ?? []);
}

function findingOf(job: Job, nowMs: number): Finding | undefined {
  const shown = {
    object: job.target,
    evidence: evidence({
      Scheduler: job.scheduler === 'pg_cron' ? 'pg_cron' : 'TimescaleDB',
      Schedule: job.schedule,
      'Last success': job.lastSucceededAt ?? 'never',
      Runs:
        job.totalRuns === null
          ? null
          : `${job.totalRuns}, of which ${job.totalFailures ?? 0} failed`,
      'It said': job.lastError,
    }),
    sql: runAgain(job),
  };
  const name = job.target
    ? `${job.name} of ${job.target}`
    : `The job ${job.name}`;
  const consequence = consequenceOf(job);
  if (job.lastStatus === 'failed')
    return job.lastSucceededAt === null
      ? {
          kind: 'job-never-succeeded',
          severity: 'act',
          title: `${name} has never succeeded`,
          consequence,
          ...shown,
        }
      : {
          kind: 'job-failed',
          severity: 'act',
          title: `${name} failed`,
          consequence,
          ...shown,
        };
  if (job.overdueSince === null) return undefined;
  const lateMs = nowMs - Date.parse(job.overdueSince);
  return {
    kind: 'job-overdue',
    severity:
      lateMs > Math.max(hourMs, 3 * (job.everyMs ?? 0)) ? 'act' : 'watch',
    title: `${name} should have started ${formatDuration(lateMs)} ago`,
    consequence: `${consequence} The scheduler may have no free worker, or may have stopped.`,
    ...shown,
    sql:
      job.scheduler === 'pg_cron'
        ? runAgain(job)
        : `SHOW timescaledb.max_background_workers;\n${runAgain(job)}`,
  };
}

function consequenceOf({ kind }: Job): string {
  switch (kind) {
    case 'retention':
      return 'Old data stays, and the disk fills.';
    case 'columnstore':
      return 'Chunks stay in rows, which takes many times the space.';
    case 'refresh':
      return 'The aggregate grows stale.';
    default:
      return 'What the job does remains undone.';
  }
}

function runAgain(job: Job): string {
  return job.scheduler === 'pg_cron'
    ? `${job.command.replace(/;\s*$/, '')};`
    : `CALL run_job(${job.id});`;
}
