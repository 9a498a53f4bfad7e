import { expect, test } from 'vitest';
import { zoneTime } from './zone-time.ts';

const at = (text: string) => Date.parse(text);

test.each([
  ['Europe/Stockholm', '2026-03-29T00:59:59Z', '2026-03-29T01:59:59+01:00'],
  ['Europe/Stockholm', '2026-03-29T01:00:00Z', '2026-03-29T03:00:00+02:00'],
  ['Europe/Stockholm', '2026-10-25T00:30:00Z', '2026-10-25T02:30:00+02:00'],
  ['Europe/Stockholm', '2026-10-25T01:30:00Z', '2026-10-25T02:30:00+01:00'],
  ['Asia/Kolkata', '2026-01-01T00:00:00.250Z', '2026-01-01T05:30:00.250+05:30'],
  ['America/St_Johns', '2026-01-01T00:00:00Z', '2025-12-31T20:30:00-03:30'],
  ['UTC', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
])('in %s the time %s is %s', (zone, utc, local) => {
  expect(zoneTime(zone).format(at(utc))).toBe(local);
  expect(at(local)).toBe(at(utc));
});

test('a text that is no zone is refused', () => {
  expect(() => zoneTime('Europe/Nowhere')).toThrow(RangeError);
});
