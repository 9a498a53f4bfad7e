import { expect, test } from 'vitest';
import { freshnessOf } from './freshness.ts';

const limits = { staleAfterMs: 90_000, offlineAfterMs: 600_000 };

test.each([
  [-5_000, 'fresh'],
  [0, 'fresh'],
  [89_999, 'fresh'],
  [90_000, 'stale'],
  [599_999, 'stale'],
  [600_000, 'offline'],
])('judges an age of %d ms as %s', (ageMs, expected) => {
  expect(freshnessOf(ageMs, limits)).toBe(expected);
});
