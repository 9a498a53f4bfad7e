import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { messageOf } from '../homelab-error.ts';

/** The counts of a test runner. */
export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
  /** Failures other than single tests, such as a file that does not load. */
  problems: string[];
}

const count = z.number().int().nonnegative();

/** Jest's JSON report; Vitest writes the same shape. */
const jestReportSchema = z.object({
  numPassedTests: count,
  numFailedTests: count,
  numPendingTests: count,
  numTodoTests: count.default(0),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

const playwrightReportSchema = z.object({
  stats: z.object({
    expected: count,
    unexpected: count,
    flaky: count,
    skipped: count,
  }),
  errors: z.array(z.object({ message: z.string().optional() })).default([]),
});

/**
 * Counts a report of Jest or Vitest. A file that failed although none of its tests did (it does not load,
 * or a hook failed) counts as one failure.
 * @throws ZodError when the report has another shape
 */
export function countJestReport(report: unknown): TestCounts {
  const parsed = jestReportSchema.parse(report);
  const brokenFiles = parsed.testResults.filter(
    file =>
      file.status === 'failed' &&
      !file.assertionResults.some(test => test.status === 'failed'),
  );
  return {
    passed: parsed.numPassedTests,
    failed: parsed.numFailedTests + brokenFiles.length,
    skipped: parsed.numPendingTests + parsed.numTodoTests,
    problems: brokenFiles.map(
      file =>
        `${file.name}: ${firstLine(file.message) || 'it failed as a whole'}`,
    ),
  };
}

/**
 * Counts a report of Playwright. A test that only passed on a retry counts as failed: a flaky test makes
 * the next green run unreliable.
 * @throws ZodError when the report has another shape
 */
export function countPlaywrightReport(report: unknown): TestCounts {
  const { stats, errors } = playwrightReportSchema.parse(report);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    problems: errors.map(error => firstLine(error.message)),
  };
}

/** Where a finished runner left its report, and how it is read. */
interface ReportFile {
  path: string;
  exitCode: number | null;
  countReport: (report: unknown) => TestCounts;
}

/** The counts of a finished runner; also checks its exit code, and that it ran any tests. */
export function countReportFile(file: ReportFile): TestCounts {
  return requireTests(readReportFile(file));
}

/** The same for one of several runners, which may have had nothing to run. */
export function readReportFile(options: ReportFile): TestCounts {
  let counts: TestCounts;
  try {
    counts = options.countReport(
      JSON.parse(readFileSync(options.path, 'utf8')),
    );
  } catch (error) {
    return failedAsWhole(
      `it ended with exit code ${options.exitCode} and left no usable report (${firstLine(messageOf(error))})`,
    );
  }
  return checkExit(counts, options.exitCode);
}

/** The counts of several runners together. */
export function addCounts(all: readonly TestCounts[]): TestCounts {
  const sum = (key: 'passed' | 'failed' | 'skipped') =>
    all.reduce((total, counts) => total + counts[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    problems: all.flatMap(({ problems }) => problems),
  };
}

/** Turns "nothing tested" and "failed for another reason" into failures. */
export function judgeCounts(
  counts: TestCounts,
  exitCode: number | null,
): TestCounts {
  return requireTests(checkExit(counts, exitCode));
}

/** Turns "nothing tested" into a failure. */
export function requireTests(counts: TestCounts): TestCounts {
  if (counts.passed + counts.failed > 0) return counts;
  return { ...counts, failed: 1, problems: ['not a single test ran'] };
}

function checkExit(counts: TestCounts, exitCode: number | null): TestCounts {
  if (counts.failed > 0 || exitCode === 0) return counts;
  const problem = `every test passed, but the runner ended with exit code ${exitCode}`;
  return { ...counts, failed: 1, problems: [...counts.problems, problem] };
}

/** The counts of a tier that could not run. */
export function failedAsWhole(problem: string): TestCounts {
  return { passed: 0, failed: 1, skipped: 0, problems: [problem] };
}

function firstLine(text: string | undefined): string {
  return (text ?? '').trim().split('\n')[0] ?? '';
}
