import { expect, test } from 'vitest';
import { formatSummary } from './summary.ts';

const unit = {
  tier: 'unit',
  passed: 12,
  failed: 0,
  skipped: 1,
  problems: [],
  durationMs: 3_210,
};

test('ends with the totals, plain and alone on the last line', () => {
  const broken = { ...unit, tier: 'e2e', failed: 2, problems: ['no browser'] };
  const lines = formatSummary([unit, broken]).split('\n');
  expect(lines.at(-1)).toBe('24 passed, 2 failed');
  expect(lines).toContain('  e2e: no browser');
});

test('has a line per tier with counts and time', () => {
  expect(formatSummary([unit])).toMatch(
    /unit +12 passed +0 failed +1 skipped +3\.2 s/,
  );
});
