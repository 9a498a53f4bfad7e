import { formatBytes, sqlInterval } from './words';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [24_576, '24.6 kB'],
  [1_500_000_000, '1.5 GB'],
  [123_456_789, '123 MB'],
])('formats %d bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [7 * 86_400_000, '7 days'],
  [3_600_000, '1 hour'],
  [90_000, '90 seconds'],
])('writes %d ms as the interval %s', (ms, text) => {
  expect(sqlInterval(ms)).toBe(text);
});
