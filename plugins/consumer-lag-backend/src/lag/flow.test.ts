import type { Eta, TimeLag } from '@homelab/plugin-consumer-lag-common';
import {
  etaOf,
  headroomMs,
  ratePerSecond,
  sumKnown,
  sumKnownOffsets,
  worstEta,
  worstTimeLag,
} from './flow';

const second = 1_000;
const sample = (atSeconds: number, end: bigint | null) => ({
  atMs: atSeconds * second,
  committed: null,
  end,
});

describe('ratePerSecond', () => {
  it.each([
    ['too few samples', [sample(0, 0n), sample(10, 10n)], null],
    ['a steady growth', [sample(0, 0n), sample(10, 20n), sample(20, 40n)], 2],
    [
      'holes',
      [sample(0, 0n), sample(10, null), sample(20, 40n), sample(30, 60n)],
      2,
    ],
    ['a fall', [sample(0, 50n), sample(10, 60n), sample(20, 10n)], null],
    [
      'what is older than 5 minutes',
      [
        sample(0, 0n),
        sample(600, 1_000n),
        sample(610, 1_010n),
        sample(620, 1_020n),
      ],
      1,
    ],
  ])('%s', (_, samples, rate) => {
    expect(ratePerSecond(samples, ({ end }) => end)).toBe(rate);
  });
});

describe('etaOf', () => {
  it.each<[bigint | null, number | null, number | null, Eta]>([
    [null, 1, 1, { kind: 'unknown' }],
    [0n, null, null, { kind: 'done' }],
    [100n, null, 5, { kind: 'unknown' }],
    [100n, 5, 15, { kind: 'draining', ms: 10 * second }],
    [100n, 15, 5, { kind: 'falling-behind', recordsPerSecond: 10 }],
    [100n, 5, 0, { kind: 'not-moving' }],
    [100n, 5, 5.05, { kind: 'steady' }],
    [10_000_000n, 0, 0.001, { kind: 'draining', ms: 7 * 24 * 3600 * second }],
  ])(
    '%s unread, %s in, %s out',
    (lag, producedPerSecond, consumedPerSecond, eta) => {
      expect(etaOf({ lag, producedPerSecond, consumedPerSecond })).toEqual(eta);
    },
  );
});

it('uses the worst partition for the group', () => {
  expect(
    worstEta([
      { kind: 'done' },
      { kind: 'draining', ms: 5 },
      { kind: 'draining', ms: 9 },
    ]),
  ).toEqual({ kind: 'draining', ms: 9 });
  expect(
    worstEta([{ kind: 'draining', ms: 5 }, { kind: 'not-moving' }]),
  ).toEqual({ kind: 'not-moving' });
  const lags: TimeLag[] = [
    { kind: 'caught-up', ms: 0 },
    { kind: 'unknown', ms: null },
    { kind: 'at-least', ms: 7 },
  ];
  expect(worstTimeLag(lags)).toEqual({ kind: 'at-least', ms: 7 });
});

it('leaves unknown values out of sums, and is null without any', () => {
  expect(sumKnown([1, null, 2])).toBe(3);
  expect(sumKnown([null])).toBeNull();
  expect(sumKnownOffsets([1n, null])).toBe(1n);
  expect(sumKnownOffsets([])).toBeNull();
});

it('counts down to the deletion of the oldest unread record', () => {
  const hour = 3600 * second;
  const old: TimeLag = { kind: 'estimated', ms: 50 * 60 * second };
  expect(headroomMs(5n, old, hour)).toBe(600 * second);
  expect(headroomMs(0n, old, hour)).toBeNull();
  expect(headroomMs(5n, old, null)).toBeNull();
});
