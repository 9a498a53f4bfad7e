import type { Job } from '@homelab/plugin-timescale-explorer-common';
import { severities } from '@homelab/portal-common';
import type { OverallSentence, Severity } from '@homelab/portal-common';

/** How a job does, with a word for it. */
export function stateOf(job: Job): { severity: Severity; word: string } {
  const isInternal = job.kind === 'internal';
  if (job.lastStatus === 'failed')
    return { severity: isInternal ? 'unknown' : 'act', word: 'Failed' };
  if (job.overdueSince !== null)
    return { severity: isInternal ? 'unknown' : 'watch', word: 'Overdue' };
  if (!job.isScheduled) return { severity: 'unknown', word: 'Paused' };
  switch (job.lastStatus) {
    case 'running':
      return { severity: 'ok', word: 'Running' };
    case 'never':
      return { severity: 'unknown', word: 'Not run yet' };
    default:
      return { severity: 'ok', word: 'Succeeded' };
  }
}

/** The worst first; internal jobs last. */
export function worstFirst(jobs: readonly Job[]): Job[] {
  const rank = (job: Job) =>
    (job.kind === 'internal' ? 10 : 0) +
    severities.indexOf(stateOf(job).severity);
  return [...jobs].sort(
    (a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name),
  );
}

/** The answer to whether the jobs run, in one sentence. */
export function describeJobs(jobs: readonly Job[]): OverallSentence {
  const own = jobs.filter(({ kind }) => kind !== 'internal');
  if (own.length === 0)
    return { severity: 'unknown', text: 'There are no jobs' };
  const named = (job: Job) =>
    job.target === null
      ? `The job ${job.name}`
      : `${job.name} of ${job.target}`;
  const failed = own.filter(({ lastStatus }) => lastStatus === 'failed');
  const [first] = failed;
  if (first)
    return {
      severity: 'act',
      text:
        failed.length === 1
          ? `${named(first)} failed`
          : `${failed.length} of ${own.length} jobs failed`,
    };
  const late = own.find(({ overdueSince }) => overdueSince !== null);
  if (late) return { severity: 'watch', text: `${named(late)} is overdue` };
  const count =
    own.length === 1 ? 'The job runs' : `All ${own.length} jobs run`;
  return { severity: 'ok', text: `${count} as scheduled` };
}
