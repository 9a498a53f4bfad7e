import { expect, test } from 'vitest';
import { zoneTime } from '../time/zone-time.ts';
import { sameClockOn } from './same-clock.ts';

const zone = zoneTime('Europe/Stockholm');

test.each([
  [
    '2026-03-30T12:30:00+02:00',
    '2026-03-29T00:00:00+01:00',
    '2026-03-29T12:30:00+02:00',
  ],
  [
    '2026-10-26T12:30:00+01:00',
    '2026-10-25T00:00:00+02:00',
    '2026-10-25T12:30:00+01:00',
  ],
  [
    '2026-10-26T01:00:00+01:00',
    '2026-10-25T00:00:00+02:00',
    '2026-10-25T01:00:00+02:00',
  ],
  [
    '2026-01-02T00:00:00+01:00',
    '2026-01-01T00:00:00+01:00',
    '2026-01-01T00:00:00+01:00',
  ],
  [
    '2026-01-02T23:59:00+01:00',
    '2026-01-01T00:00:00+01:00',
    '2026-01-01T23:59:00+01:00',
  ],
])('at %s the day of %s has come to %s', (now, day, expected) => {
  const moment = sameClockOn(Date.parse(day), Date.parse(now), zone);
  expect(zone.format(moment)).toBe(expected);
});
