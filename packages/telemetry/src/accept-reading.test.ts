import { expect, test } from 'vitest';
import { acceptReading } from './accept-reading.ts';
import type { Measurement } from './measurement.ts';
import { measurementsOf } from './measurements.ts';
import { judgeReading } from './read-reading.ts';
import { streams } from './streams.ts';
import type { Stream } from './streams.ts';

type Random = (below: number) => number;

/** Lehmer's generator: the same numbers for the same seed. */
function createRandom(seed: number): Random {
  let state = seed;
  return below => {
    state = (state * 48_271) % 0x7fffffff;
    return state % below;
  };
}

const oddTexts = [
  '',
  ' a',
  'a ',
  'a b',
  'kitchen',
  'Söders fönster',
  '温度计',
  'a\u0000',
  'a\u0085',
  'a\u200b',
  '\ud800',
  '😀',
  'x'.repeat(128),
  'x'.repeat(129),
  'x'.repeat(200),
  'x'.repeat(201),
  'heating',
];

const oddTimes = [
  '2026-01-12T06:31:00.000Z',
  '2024-02-29T23:59:59.999Z',
  '2023-02-29T00:00:00.000Z',
  '1900-02-29T00:00:00.000Z',
  '2000-02-29T00:00:00.000Z',
  '0000-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '2026-04-31T00:00:00.000Z',
  '2026-13-01T00:00:00.000Z',
  '2026-00-10T00:00:00.000Z',
  '2026-01-00T00:00:00.000Z',
  '2026-01-01T24:00:00.000Z',
  '2026-01-01T23:60:00.000Z',
  '2026-01-01T23:59:60.000Z',
  '2026-01-01T00:00:00Z',
  '2026-01-01T00:00:00.5Z',
  '2026-01-01T00:00:00.123456Z',
  '2026-01-01T01:00:00.000+01:00',
  '2026-01-01 00:00:00.000Z',
  '2026-01-01T00:00:00.000z',
  '2026-01-01T00:00:00.00\u0660Z',
];

const oddValues: readonly unknown[] = [
  ...oddTexts,
  ...oddTimes,
  null,
  undefined,
  true,
  0,
  -0,
  1e9,
  -1e9,
  Infinity,
  Number.NaN,
  [],
  ['a'],
  [1],
  [null],
  Array(65).fill('a'),
  Array(2),
  {},
];

function pick<T>(random: Random, values: readonly T[]): T {
  return values[random(values.length)] as T;
}

function fitValue(random: Random, measurement: Measurement): unknown {
  switch (measurement.kind) {
    case 'gauge':
    case 'counter':
      return (
        measurement.min +
        ((measurement.max - measurement.min) * random(1_001)) / 1_000
      );
    case 'flag':
      return random(2) === 1;
    case 'state':
      return pick(random, measurement.states);
    case 'text':
      return pick(random, ['kitchen', 'Söders fönster', '']);
    case 'list':
      return ['a', 'b'].slice(random(3));
  }
}

/** Mostly what a device says; about one field in `oddity` is not. */
function candidate(random: Random, stream: Stream, oddity: number) {
  const value: Record<string, unknown> = {};
  const put = (name: string, fit: unknown, odd: readonly unknown[]) => {
    value[name] = random(oddity) === 0 ? pick(random, odd) : fit;
  };
  const odd = random(3) === 0 ? oddValues : oddTimes;
  put('timestamp', '2026-01-12T06:31:00.123Z', odd);
  put('device_id', `device ${random(50)}`, oddValues);
  for (const [name, measurement] of measurementsOf(stream)) {
    if (random(2) === 0) continue;
    put(name, fitValue(random, measurement), oddValues);
  }
  if (random(4) === 0) value.unknown = 'x';
  return value;
}

test.each(streams)(
  'what is accepted of %s is what its schema gives (seed 7)',
  stream => {
    const random = createRandom(7);
    let accepted = 0;
    let judged = 0;
    for (let round = 0; round < 5_000; round += 1) {
      const value = candidate(random, stream, round % 2 === 0 ? 40 : 400);
      const reading = acceptReading(stream, value);
      if (reading === undefined) judged += 1;
      else accepted += 1;
      const judgement = judgeReading(stream, value);
      if (reading === undefined) continue;
      expect(judgement, JSON.stringify(value)).toEqual({
        ok: true,
        reading,
        outOfRange: [],
      });
      expect(Object.keys(reading).sort()).toEqual(
        Object.keys(judgement.ok ? judgement.reading : {}).sort(),
      );
    }
    // Both paths are taken, and mostly the fast one.
    expect(accepted).toBeGreaterThan(2_500);
    expect(judged).toBeGreaterThan(250);
  },
);

test('inherited properties are left to the schema', () => {
  const value: unknown = JSON.parse('{"__proto__":{"power_kw":5}}');
  const inherited: object = Object.create({ power_kw: 5 });
  const reading = { timestamp: '2026-01-12T06:31:00.000Z', device_id: 'a' };
  const own = { ...reading, ...(value as object) };
  expect(acceptReading('energy', own)).toMatchObject({ power_kw: null });
  expect(
    acceptReading('energy', Object.assign(inherited, reading)),
  ).toBeUndefined();
});
