import {
  formatAge,
  formatClock,
  formatDate,
  formatDayTime,
  formatDuration,
  formatMonth,
} from './formatTime';

it('formats times in the zone of the site, in summer and winter', () => {
  expect(formatClock('2026-03-29T00:30:00Z', 'Europe/Stockholm')).toBe('01:30');
  expect(formatClock('2026-03-29T01:30:00Z', 'Europe/Stockholm')).toBe('03:30');
  expect(formatDayTime('2026-11-23T23:30:00Z', 'Europe/Stockholm')).toBe(
    'Tue 24 Nov, 00:30',
  );
});

it('writes days and months of the site, with the year where one begins', () => {
  const zone = 'Europe/Stockholm';
  expect(formatDate('2026-11-23T23:30:00Z', zone)).toBe('24 Nov');
  expect(formatMonth('2026-11-30T23:30:00Z', zone)).toBe('Dec');
  expect(formatMonth('2026-12-31T23:30:00Z', zone)).toBe('Jan 2027');
});

it.each([
  [45_000, '45 s'],
  [23 * 60_000, '23 min'],
  [59.6 * 60_000, '1 h'],
  [125 * 60_000, '2 h 5 min'],
  [27 * 3_600_000, '1 d 3 h'],
])('formats %d ms as %s', (lengthMs, expected) => {
  expect(formatDuration(lengthMs)).toBe(expected);
});

it.each([
  [-300, '0 s'],
  [1_999, '1 s'],
  [60_000, '1 min'],
  [59 * 60_000 + 59_999, '59 min'],
  [47 * 3_600_000, '47 h'],
  [48 * 3_600_000, '2 d'],
])('formats an age of %d ms as %s', (ageMs, expected) => {
  expect(formatAge(ageMs)).toBe(expected);
});
