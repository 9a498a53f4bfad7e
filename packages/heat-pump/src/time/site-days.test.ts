import { expect, test } from 'vitest';
import { dayEdges, hourEdges } from './site-days.ts';
import { hourMs } from './units.ts';

const at = (iso: string) => Date.parse(iso);

/** The lengths of the days from one time to another, in hours. */
function dayHours(from: string, to: string, timeZone: string): number[] {
  const edges = dayEdges(at(from), at(to), timeZone);
  return edges.slice(1).map((edge, index) => (edge - edges[index]) / hourMs);
}

test.each([
  ['2026-03-28T12:00Z', '2026-03-30T12:00Z', 'Europe/Stockholm', [24, 23, 24]],
  ['2026-10-24T12:00Z', '2026-10-26T12:00Z', 'Europe/Stockholm', [24, 25, 24]],
  // Clocks go forward at midnight: that day begins at 01:00.
  ['2026-03-07T12:00Z', '2026-03-08T12:00Z', 'America/Havana', [24, 23]],
  ['2026-10-31T12:00Z', '2026-11-01T12:00Z', 'America/Havana', [24, 25]],
  ['2026-04-04T12:00Z', '2026-04-05T01:00Z', 'Australia/Lord_Howe', [24, 24.5]],
  ['2026-01-01T12:00Z', '2026-01-02T12:00Z', 'Asia/Kathmandu', [24, 24]],
])('from %s to %s in %s, days have %j hours', (from, to, zone, hours) => {
  expect(dayHours(from, to, zone)).toEqual(hours);
});

test('days begin at local midnight', () => {
  const edges = dayEdges(
    at('2026-10-25T05:00Z'),
    at('2026-10-25T06:00Z'),
    'Europe/Stockholm',
  );
  expect(edges.map(edge => new Date(edge).toISOString())).toEqual([
    '2026-10-24T22:00:00.000Z',
    '2026-10-25T23:00:00.000Z',
  ]);
});

test('a range that ends on an edge needs no further one', () => {
  const midnight = at('2026-01-12T23:00Z');
  expect(
    dayEdges(midnight, midnight + 24 * hourMs, 'Europe/Stockholm'),
  ).toHaveLength(2);
  expect(hourEdges(midnight, midnight + 24 * hourMs)).toHaveLength(25);
  expect(hourEdges(midnight + 1, midnight + 2)).toEqual([
    midnight,
    midnight + hourMs,
  ]);
});

test('refuses a reversed range and a zone that does not exist', () => {
  expect(() => dayEdges(2, 1, 'UTC')).toThrow('ends (1) before it begins (2)');
  expect(() => hourEdges(Number.NaN, 1)).toThrow(RangeError);
  expect(() => dayEdges(1, 2, 'Europe/Nowhere')).toThrow(RangeError);
});
