import { compactCount } from './compactCount';

it.each([
  ['0', '0'],
  ['999', '999'],
  [1_000, '1k'],
  ['6480', '6.4k'],
  ['12999', '12k'],
  ['2316540', '2.3M'],
  [9223372036854775807n, '9.2e18'],
])('writes %s as %s', (count, expected) => {
  expect(compactCount(count)).toBe(expected);
});
