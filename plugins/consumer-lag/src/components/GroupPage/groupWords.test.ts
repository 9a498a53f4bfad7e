import { createHistory } from '../../testing/history';
import { parseTarget } from '../OffsetReset/ResetForm';
import { describeEffect } from '../OffsetReset/describeTarget';
import { gapsOf, lagLines } from './historyLines';
import { rateWords } from './rateWords';
import { shortRanges } from './shortRanges';

it.each([
  [[], ''],
  [[4], '4'],
  [[3, 0, 1, 2, 7, 9, 10], '0–3, 7, 9–10'],
])('writes partitions %j as %s', (numbers, expected) => {
  expect(shortRanges(numbers)).toBe(expected);
});

it('cuts a list of numbers, with the number left out', () => {
  expect(shortRanges([0, 2, 3, 7, 9], 2)).toBe('0, 2–3 and 2 more');
});

it('finds the gap of a history, and draws no line across it', () => {
  const history = createHistory('1h', Date.UTC(2026, 0, 12, 7));
  const gaps = gapsOf(history);
  expect(gaps).toHaveLength(1);
  const [gap] = gaps;
  expect((gap?.toMs ?? 0) - (gap?.fromMs ?? 0)).toBeGreaterThan(150_000);
  const { lines } = lagLines(history, 'records');
  expect(lines[0]?.mean.filter(value => value === null)).toHaveLength(1);
});

it('shows gaps before the first point and after the last', () => {
  const history = createHistory('1h', Date.UTC(2026, 0, 12, 7));
  const gaps = gapsOf({ ...history, points: history.points.slice(50, 52) });
  expect(gaps.map(({ fromMs }) => fromMs)).toEqual([
    Date.parse(history.from),
    Date.parse(history.points[51]?.at ?? ''),
  ]);
});

it.each([
  ['earliest', 'anything', { kind: 'earliest' }],
  ['offset', '1200', { kind: 'offset', offset: '1200' }],
  ['offset', '-1', 'Enter an offset, such as 1200.'],
  ['shift', '−100', { kind: 'shift', by: -100 }],
  [
    'shift',
    '0',
    'Enter a number of records: 100 goes forward, -100 goes back.',
  ],
  ['timestamp', 'soon', 'Enter a date and a time.'],
] as const)('understands %s %j', (kind, text, expected) => {
  expect(parseTarget(kind, text)).toEqual(expected);
});

it.each([
  ['0', '0', 'No records are skipped or read again.'],
  ['1', '0', 'At most 1 record will never be read.'],
  [
    '9007199254740993',
    '2',
    'At most 9,007,199,254,740,993 records will never be read, 2 records will be read again.',
  ],
])(
  'says what skipping %s and replaying %s means',
  (skipped, replayed, text) => {
    expect(describeEffect({ skipped, replayed })).toBe(text);
  },
);

it('formats slow rates in charts like the key numbers', () => {
  expect(rateWords.write(0.03)).toBe('0.03 /s');
  expect(rateWords.writeShort(0.03)).toBe('0.03');
});
