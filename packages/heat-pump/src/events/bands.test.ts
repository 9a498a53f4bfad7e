import { expect, test } from 'vitest';
import { bandsFrom } from './bands.ts';
import type { TransitionRow } from './bands.ts';

const none = {
  alarm: false,
  defrost: false,
  aux_heater: false,
  hot_water: false,
  compressor: false,
};

const row = (
  seconds: number,
  previous: number | null,
  active: Partial<TransitionRow['active']> = {},
  alarmNames = '',
): TransitionRow => ({
  timeMs: seconds * 1000,
  previousMs: previous === null ? null : previous * 1000,
  active: { ...none, ...active },
  alarmNames,
});

const seconds = (iso: string) => Date.parse(iso) / 1000;

test('lasts from the first reading that shows it to the first that does not', () => {
  const bands = bandsFrom(
    [
      row(0, null),
      row(60, 30, { compressor: true }),
      row(180, 150),
      row(300, 270),
    ],
    90_000,
  );
  expect(bands).toEqual([
    {
      kind: 'compressor',
      from: '1970-01-01T00:01:00.000Z',
      to: '1970-01-01T00:03:00.000Z',
      openStart: false,
      openEnd: false,
      label: null,
    },
  ]);
});

test('marks bands that began before the range or have not ended', () => {
  const [band] = bandsFrom(
    [row(0, null, { compressor: true }), row(300, 270, { compressor: true })],
    90_000,
  );
  expect(band).toMatchObject({ openStart: true, openEnd: true });
  expect(seconds(band?.to ?? '')).toBe(300);
});

test('ends at the last reading before a gap and starts again after it', () => {
  const bands = bandsFrom(
    [
      row(0, null),
      row(30, 0, { hot_water: true }),
      row(900, 60, { hot_water: true }),
      row(930, 900),
    ],
    90_000,
  );
  expect(bands.map(({ from, to }) => [seconds(from), seconds(to)])).toEqual([
    [30, 60],
    [900, 930],
  ]);
  expect(bands[0]?.openEnd).toBe(true);
  expect(bands[1]?.openStart).toBe(true);
});

test('separates overlapping bands, ordered by start, and names the alarm', () => {
  const bands = bandsFrom(
    [
      row(0, null),
      row(30, 0, { compressor: true }),
      row(60, 30, { compressor: true, alarm: true }, 'brine flow'),
      row(90, 60),
    ],
    90_000,
  );
  expect(bands.map(({ kind, label }) => [kind, label])).toEqual([
    ['compressor', null],
    ['alarm', 'brine flow'],
  ]);
});
