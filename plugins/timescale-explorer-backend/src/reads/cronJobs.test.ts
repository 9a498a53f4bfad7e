import { nextStart } from './cronJobs';

const at = Date.parse('2026-11-30T16:58:30Z');

it.each([
  ['* * * * *', 'GMT', '2026-11-30T16:59:00.000Z'],
  ['17 * * * *', 'GMT', '2026-11-30T17:17:00.000Z'],
  ['0 2 * * *', 'Europe/Stockholm', '2026-12-01T01:00:00.000Z'],
  ['10 seconds', 'GMT', '2026-11-30T16:58:40.000Z'],
  ['0 0 $ * *', 'GMT', null],
])('after 16:58:30, %s in %s starts at %s', (schedule, zone, expected) => {
  expect(nextStart(schedule, zone, at)).toBe(expected);
});
