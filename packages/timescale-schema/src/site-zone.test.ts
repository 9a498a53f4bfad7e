import { expect, test } from 'vitest';
import { hourOffsetMinutes } from './site-zone.ts';

test.each([
  ['UTC', 0],
  ['Europe/Stockholm', 0],
  ['Asia/Kolkata', 30],
  ['Asia/Kathmandu', 15],
  ['America/St_Johns', 30],
  ['Pacific/Marquesas', 30],
])('hours of %s begin %i minutes past those of UTC', (zone, minutes) => {
  expect(hourOffsetMinutes(zone)).toBe(minutes);
});

test.each([
  ['Australia/Lord_Howe', 'less than an hour'],
  ['Middle/Earth', 'no IANA time zone'],
])('%s is refused', (zone, sentence) => {
  expect(() => hourOffsetMinutes(zone)).toThrow(sentence);
});
