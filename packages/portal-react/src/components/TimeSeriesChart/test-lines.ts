import type { LineSource, LineTimes } from './chartSeries';

const from = Date.UTC(2026, 0, 12, 6);
const minute = 60_000;

/** Three points five minutes apart, for tests. */
export function testTimes(changes: Partial<LineTimes> = {}): LineTimes {
  return {
    time: [from, from + 5 * minute, from + 10 * minute],
    gaps: [],
    ...changes,
  };
}

/** A line for tests. */
export function testLine(changes: Partial<LineSource> = {}): LineSource {
  return {
    id: 'supply',
    label: 'Supply',
    colour: { light: '#C62828', dark: '#EF5350' },
    times: testTimes(),
    mean: [36, 37.25, 38],
    min: [35, 36, 38],
    max: [37, 39, 38],
    ...changes,
  };
}
