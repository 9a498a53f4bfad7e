import { expect, test } from 'vitest';
import { hourMs } from './house-model/units.ts';
import { createSiteTime } from './site-time.ts';

const stockholm = createSiteTime('Europe/Stockholm');

test('formats local time without a zone, as a ThermIQ module does', () => {
  expect(stockholm.format(Date.UTC(2026, 0, 12, 6, 31, 0))).toBe(
    '2026-01-12 07:31:00',
  );
  expect(stockholm.format(Date.UTC(2026, 5, 30, 22, 5, 9))).toBe(
    '2026-07-01 00:05:09',
  );
});

test('the offset follows daylight saving, the standard offset does not', () => {
  const springForwardMs = Date.UTC(2026, 2, 29, 1);
  expect(stockholm.offsetMs(springForwardMs - 1)).toBe(hourMs);
  expect(stockholm.offsetMs(springForwardMs)).toBe(2 * hourMs);
  expect(stockholm.standardOffsetMs).toBe(hourMs);
});

test('south of the equator the standard offset is that of July', () => {
  expect(createSiteTime('Australia/Sydney').standardOffsetMs).toBe(10 * hourMs);
});

test('zones that are not on the full hour keep their minutes', () => {
  expect(createSiteTime('Asia/Kathmandu').offsetMs(0)).toBe(5.5 * hourMs);
  expect(createSiteTime('Asia/Kathmandu').offsetMs(Date.UTC(2026, 0, 1))).toBe(
    5.75 * hourMs,
  );
});

test('an unknown zone is refused', () => {
  expect(() => createSiteTime('Europe/Nowhere')).toThrow(RangeError);
});
