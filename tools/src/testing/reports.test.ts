import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  countJestReport,
  countPlaywrightReport,
  countReportFile,
  judgeCounts,
  addCounts,
  requireTests,
} from './reports.ts';

const jestReport = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    {
      name: 'one.test.ts',
      status: 'failed',
      assertionResults: [{ status: 'passed' }, { status: 'failed' }],
    },
  ],
};

test('counts a report of Jest or Vitest', () => {
  expect(countJestReport(jestReport)).toEqual({
    passed: 3,
    failed: 1,
    skipped: 3,
    problems: [],
  });
});

test('counts a file that does not load as a failure', () => {
  const broken = {
    name: 'broken.test.ts',
    status: 'failed',
    message: 'SyntaxError: oh\nat line 1',
    assertionResults: [],
  };
  expect(
    countJestReport({
      ...jestReport,
      testResults: [...jestReport.testResults, broken],
    }),
  ).toMatchObject({
    failed: 2,
    problems: ['broken.test.ts: SyntaxError: oh'],
  });
});

test('counts a report of Playwright, a flaky test as a failure', () => {
  const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 2 };
  expect(
    countPlaywrightReport({
      stats,
      errors: [{ message: 'No browser\nsomewhere' }],
    }),
  ).toEqual({ passed: 4, failed: 3, skipped: 2, problems: ['No browser'] });
});

test('a runner that tested nothing has failed', () => {
  const nothing = { passed: 0, failed: 0, skipped: 5, problems: [] };
  expect(judgeCounts(nothing, 0)).toMatchObject({
    failed: 1,
    problems: ['not a single test ran'],
  });
});

test('a runner that fails although its tests passed has failed', () => {
  const passed = { passed: 2, failed: 0, skipped: 0, problems: [] };
  expect(judgeCounts(passed, 1).failed).toBe(1);
  expect(judgeCounts(passed, null).failed).toBe(1);
  expect(judgeCounts(passed, 0)).toBe(passed);
});

test.each([
  ['no report', undefined],
  ['half a report', '{"numPassedTests":'],
  ['a report of another shape', '{"stats":{}}'],
])('%s counts as one failure that says so', (_, text) => {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-report-'));
  try {
    const path = join(folder, 'report.json');
    if (text !== undefined) writeFileSync(path, text);
    expect(
      countReportFile({ path, exitCode: 7, countReport: countJestReport }),
    ).toMatchObject({
      passed: 0,
      failed: 1,
      problems: [expect.stringContaining('exit code 7')],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('adds the counts of runners, of which one may have nothing to run', () => {
  const none = { passed: 0, failed: 0, skipped: 0, problems: [] };
  const some = { passed: 2, failed: 1, skipped: 3, problems: ['no browser'] };
  expect(requireTests(addCounts([none, some]))).toEqual(some);
  expect(requireTests(addCounts([none, none]))).toMatchObject({
    failed: 1,
    problems: ['not a single test ran'],
  });
});
