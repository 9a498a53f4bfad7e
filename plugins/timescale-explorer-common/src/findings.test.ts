import { byWeight, summarizeFindings } from './findings';
import type { Finding } from './findings';

const finding = (more: Partial<Finding>): Finding => ({
  kind: 'dead-rows',
  severity: 'watch',
  object: null,
  title: 'It is wrong',
  consequence: 'It gets worse.',
  evidence: [],
  sql: null,
  ...more,
});

it('puts what someone must act on first, then the heavier kind', () => {
  const findings = [
    finding({ kind: 'index-unused' }),
    finding({ kind: 'policy-missing', object: 'b' }),
    finding({ kind: 'policy-missing', object: 'a' }),
    finding({ kind: 'version-behind', severity: 'act' }),
  ];
  expect(
    [...findings].sort(byWeight).map(({ kind, object }) => [kind, object]),
  ).toEqual([
    ['version-behind', null],
    ['policy-missing', 'a'],
    ['policy-missing', 'b'],
    ['index-unused', null],
  ]);
});

it('says the worst in one sentence', () => {
  expect(summarizeFindings([])).toEqual({
    severity: 'ok',
    text: 'The storage is healthy',
  });
  expect(
    summarizeFindings([
      finding({ severity: 'act', title: 'The job 7 fails' }),
      finding({}),
    ]),
  ).toEqual({ severity: 'act', text: 'The job 7 fails, and 1 more finding' });
});
