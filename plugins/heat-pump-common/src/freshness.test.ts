import { formatAge, freshnessOf } from './freshness';

const limits = { staleAfterMs: 90_000, offlineAfterMs: 600_000 };

it.each([
  [-5_000, 'fresh'],
  [0, 'fresh'],
  [89_999, 'fresh'],
  [90_000, 'stale'],
  [599_999, 'stale'],
  [600_000, 'offline'],
])('judges an age of %d ms as %s', (ageMs, expected) => {
  expect(freshnessOf(ageMs, limits)).toBe(expected);
});

it.each([
  [-300, '0 s'],
  [1_999, '1 s'],
  [60_000, '1 min'],
  [59 * 60_000 + 59_999, '59 min'],
  [47 * 3_600_000, '47 h'],
  [48 * 3_600_000, '2 d'],
])('writes %d ms as %s', (ageMs, expected) => {
  expect(formatAge(ageMs)).toBe(expected);
});
