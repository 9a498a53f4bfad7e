import { createJob } from '../../testing/createFakeApi';
import { describeJobs, stateOf, worstFirst } from './describeJobs';

const failed = createJob({ name: 'z', lastStatus: 'failed' });
const internal = createJob({
  name: 'a',
  kind: 'internal',
  lastStatus: 'failed',
});
const late = createJob({ name: 'l', overdueSince: '2026-11-30T12:00:00Z' });

it.each([
  [[], 'There are no jobs', 'unknown'],
  [[internal], 'There are no jobs', 'unknown'],
  [[createJob(), internal], 'The job runs as scheduled', 'ok'],
  [[createJob(), late], 'The job l is overdue', 'watch'],
  [[late, failed], 'The job z failed', 'act'],
  [[failed, failed, late], '2 of 3 jobs failed', 'act'],
])('says how the jobs do', (jobs, text, severity) => {
  expect(describeJobs(jobs)).toEqual({ severity, text });
});

it('puts the worst first and internal jobs last', () => {
  expect(
    worstFirst([internal, createJob({ name: 'ok' }), late, failed]).map(
      ({ name }) => name,
    ),
  ).toEqual(['z', 'l', 'ok', 'a']);
});

it('has a word for each state', () => {
  expect(stateOf(createJob({ isScheduled: false })).word).toBe('Paused');
  expect(stateOf(createJob({ lastStatus: 'never' })).word).toBe('Not run yet');
  expect(stateOf(createJob({ lastStatus: 'running' })).word).toBe('Running');
});
