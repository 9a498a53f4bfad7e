import { expect, test } from 'vitest';
import { utcMsOf } from './utc-time.ts';

test('every day of the calendar is parsed as Date parses it', () => {
  for (const [from, to] of [
    ['0000-01-01', '0005-01-01'],
    ['1895-01-01', '1905-01-01'],
    ['1968-01-01', '2033-01-01'],
    ['9990-01-01', '9999-12-31'],
  ] as const) {
    const end = Date.parse(`${to}T00:00:00.000Z`);
    const odd = 86_400_000 + 1_234_567;
    for (let ms = Date.parse(`${from}T00:00:00.000Z`); ms < end; ms += odd)
      expect(utcMsOf(new Date(ms).toISOString())).toBe(ms);
  }
});

test.each([
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00.0000Z',
  '2026-01-01T00:00:00.000+00:00',
  '2026-02-29T00:00:00.000Z',
  '2026-06-31T00:00:00.000Z',
  '2026-01-01T24:00:00.000Z',
  '+02026-01-01T00:00:00.000Z',
  '2026-01-01t00:00:00.000Z',
  '2026-01-01T00:00:00.00:Z',
  '2026-01-01T00:00:00.00/Z',
  '',
])('%j is not that form', text => {
  expect(utcMsOf(text)).toBeUndefined();
});
