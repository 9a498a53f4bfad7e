import { formatCount, formatDuration, formatRate } from './words';

const minute = 60_000;

it.each([
  [400, 'under 1 s'],
  [42_000, '42 s'],
  [90_000, '1 min 30 s'],
  [9 * minute, '9 min'],
  [72 * minute, '1 h 12 min'],
  [59.7 * minute, '60 min'],
  [119.9 * minute, '2 h'],
  [50 * 60 * minute, '2 d 2 h'],
])('formats %i ms as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it('keeps every digit of a 64-bit count', () => {
  expect(formatCount('9223372036854775807')).toBe('9,223,372,036,854,775,807');
});

it.each([
  [0, '0'],
  [0.004, '<0.01'],
  [0.25, '0.25'],
  [12.34, '12.3'],
  [1234.5, '1,235'],
])('formats a rate of %d as %s', (rate, text) => {
  expect(formatRate(rate)).toBe(text);
});
