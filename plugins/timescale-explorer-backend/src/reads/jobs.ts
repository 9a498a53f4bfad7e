import type {
  Job,
  JobsResponse,
  Server,
} from '@homelab/plugin-timescale-explorer-common';
import { readCronJobs } from './cronJobs';
import type { Queryable } from './sql';
import { readTimescaleJobs } from './timescaleJobs';

/** The jobs of both schedulers, and what of them cannot be seen. */
export async function readJobs(
  database: Queryable,
  server: Server,
  nowMs: number,
): Promise<Omit<JobsResponse, 'now'>> {
  const jobs: Job[] = [];
  if (server.cron === 'readable')
    jobs.push(...(await readCronJobs(database, nowMs)));
  if (server.timescaleVersion !== null)
    jobs.push(...(await readTimescaleJobs(database, nowMs)));
  return { jobs, notes: notesOn(server, jobs) };
}

function notesOn(server: Server, jobs: readonly Job[]): string[] {
  const notes: string[] = [];
  if (server.edition === 'apache')
    notes.push(
      'The Apache edition of TimescaleDB runs no policies and no jobs of its users; pg_cron can run them.',
    );
  if (server.cron === 'hidden')
    notes.push(
      'pg_cron is installed, but the role of the explorer may not see its jobs: see the README of the plugin for the grant and the policy that show them.',
    );
  const isMute = jobs.some(
    ({ scheduler, lastStatus, lastError }) =>
      scheduler === 'timescaledb' &&
      lastStatus === 'failed' &&
      lastError === null,
  );
  if (isMute)
    notes.push(
      'A job failed without a message that this role may see: TimescaleDB shows errors only to the owner of a job.',
    );
  return notes;
}
