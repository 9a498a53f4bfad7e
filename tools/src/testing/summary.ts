import type { TestCounts } from './reports.ts';

/** The outcome of one tier. */
export interface TierOutcome extends TestCounts {
  tier: string;
  durationMs: number;
}

/** A table with one line per tier, problems besides failed tests, and a last plain line with the totals. */
export function formatSummary(outcomes: readonly TierOutcome[]): string {
  const lines = outcomes.map(({ tier, passed, failed, skipped, durationMs }) =>
    [
      `  ${tier.padEnd(12)}`,
      `${String(passed).padStart(5)} passed`,
      `${String(failed).padStart(5)} failed`,
      `${String(skipped).padStart(5)} skipped`,
      `${(durationMs / 1000).toFixed(1).padStart(8)} s`,
    ].join(''),
  );
  const problems = outcomes.flatMap(({ tier, problems: texts }) =>
    texts.map(text => `  ${tier}: ${text}`),
  );
  const sum = (pick: (outcome: TierOutcome) => number) =>
    outcomes.reduce((total, outcome) => total + pick(outcome), 0);
  return [
    '',
    ...lines,
    '',
    ...(problems.length > 0 ? [...problems, ''] : []),
    `${sum(one => one.passed)} passed, ${sum(one => one.failed)} failed`,
  ].join('\n');
}
