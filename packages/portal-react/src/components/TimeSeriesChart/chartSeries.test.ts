import { alignLines, lonePoints, nearestIndex } from './chartSeries';
import { spread } from './drawing';
import { plotColumns, axisNumber, valueRange } from './plotOptions';
import { testLine, testTimes } from './test-lines';
import { zoomedRange } from './TimeSeriesChart';
import { toCsv } from './toCsv';

const minute = 60_000;

it('aligns lines of two sources to one axis without breaking either', () => {
  const times = testTimes();
  const later = testTimes({ time: times.time.map(ms => ms + minute) });
  const { time, lines } = alignLines([
    testLine({ times }),
    testLine({ times: later, id: 'other' }),
  ]);
  expect(time).toHaveLength(6);
  expect(lines[0]?.mean).toEqual([
    36,
    undefined,
    37.25,
    undefined,
    38,
    undefined,
  ]);
  expect(lines[1]?.mean).toEqual([
    undefined,
    36,
    undefined,
    37.25,
    undefined,
    38,
  ]);
});

it('breaks a line only at its own gaps', () => {
  const [first = 0, second = 0] = testTimes().time;
  const gap = { fromMs: first + minute, toMs: second };
  const { lines } = alignLines([
    testLine({ times: testTimes({ gaps: [gap] }) }),
    testLine({ id: 'other' }),
  ]);
  expect(lines[0]?.mean).toEqual([36, null, 37.25, 38]);
  expect(lines[1]?.mean).toEqual([36, undefined, 37.25, 38]);
});

it('draws a line without minimum and maximum as a plain line', () => {
  const { lines } = alignLines([testLine({ min: undefined, max: undefined })]);
  expect(lines[0]).toMatchObject({
    min: [36, 37.25, 38],
    max: [36, 37.25, 38],
  });
});

it('reads the nearest value at the cursor, never across a gap', () => {
  expect(nearestIndex([1, undefined, 3], 1)).toBe(0);
  expect(nearestIndex([1, null, undefined, undefined], 2)).toBe(-1);
  expect(nearestIndex([undefined, undefined], 0)).toBe(-1);
});

it('passes mean, maximum and minimum of each line to the plot', () => {
  const { time, lines } = alignLines([testLine()]);
  const [seconds, mean, max, min] = plotColumns(time, lines);
  expect(seconds?.[0]).toBe((time[0] ?? 0) / 1000);
  expect([mean, max, min]).toEqual([
    [36, 37.25, 38],
    [37, 39, 38],
    [35, 36, 38],
  ]);
});

it('saves points as CSV with quoted headers and empty cells for unknown values', () => {
  const times = testTimes();
  const quoted = testLine({ times, label: 'Supply, "hot"' });
  const later = testTimes({ time: times.time.map(ms => ms + 1) });
  const other = testLine({ times: later, id: 'b' });
  const rows = toCsv(alignLines([quoted, other]), '°C').split('\r\n');
  expect(rows[0]).toBe(
    'time,"Supply, ""hot"" mean (°C)","Supply, ""hot"" min (°C)","Supply, ""hot"" max (°C)",Supply mean (°C),Supply min (°C),Supply max (°C)',
  );
  expect(rows[1]).toBe('2026-01-12T06:00:00.000Z,36,35,37,,,');
});

it('moves labels apart within the plot and keeps their order', () => {
  expect(spread([50, 52, 200], 15, 0, 210)).toEqual([50, 65, 200]);
  expect(spread([209, 205, 10], 15, 0, 210)).toEqual([210, 195, 10]);
});

it('starts at zero only on request, but still shows negative values', () => {
  expect(valueRange(2, 6, true)[0]).toBe(0);
  expect(valueRange(-1, 6, true)[0]).toBe(-1);
  expect(valueRange(20, 40, false)[0]).toBeLessThan(20);
  expect(valueRange(null, null, false)).toEqual([0, 1]);
  // Nothing unread: an axis of whole records has no fractions.
  expect(valueRange(0, 0, true, 1)).toEqual([0, 1]);
});

it('zooms around a time to at least ten minutes', () => {
  const day = { fromMs: 0, toMs: 24 * 60 * minute };
  expect(zoomedRange(day, 6 * 60 * minute, 0.5)).toEqual({
    fromMs: 3 * 60 * minute,
    toMs: 15 * 60 * minute,
  });
  const small = zoomedRange({ fromMs: 0, toMs: 12 * minute }, 6 * minute, 0.5);
  expect(small.toMs - small.fromMs).toBe(10 * minute);
});

it.each([
  [-2.5, '−2.5'],
  [0, '0'],
  [2_000, '2,000'],
  [12_000, '12k'],
  [3_000_000, '3M'],
])('writes %d beside an axis as %s', (value, text) => {
  expect(axisNumber(value)).toBe(text);
});

it('finds the points that a line alone would not show', () => {
  expect(lonePoints([null, 3, null])).toEqual([1]);
  expect(lonePoints([undefined, 3, undefined])).toEqual([1]);
  // Points of another line in between are no gap.
  expect(lonePoints([3, undefined, 4, null, 5])).toEqual([4]);
  expect(lonePoints([])).toEqual([]);
});
