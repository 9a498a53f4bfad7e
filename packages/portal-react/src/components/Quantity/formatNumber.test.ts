import { dash, formatNumber } from './formatNumber';

it.each([
  [null, 1, dash],
  [undefined, 1, dash],
  [0, 1, '0.0'],
  [-0.04, 1, '0.0'],
  [-3, 1, '−3.0'],
  [2.345, 2, '2.35'],
  [1_234_567, 0, '1,234,567'],
])('writes %p with %d decimals as %s', (value, decimals, expected) => {
  expect(formatNumber(value, decimals)).toBe(expected);
});
