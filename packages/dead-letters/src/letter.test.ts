import { expect, test } from 'vitest';
import type { ReadRecord } from '@homelab/service-kit';
import { matches } from './letter-filter.ts';
import { parseLetter } from './letter.ts';
import { recordOf } from './plan-redrive.ts';

const places = { ingestRedriveTopic: 'ingest', originTopics: ['origin'] };

function record(
  headers: Record<string, string>,
  change: Partial<ReadRecord> = {},
): ReadRecord {
  return {
    topic: 'origin.dlq',
    partition: 2,
    offset: '9007199254740993',
    timestampMs: 5_000,
    key: Buffer.from('meter-1'),
    value: Buffer.from('{}'),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]),
    ),
    ...change,
  };
}

test('headers that anybody wrote are read without trust', () => {
  const { record: _record, ...letter } = parseLetter(
    record({
      'dlq-code': 'never heard of',
      'dlq-last-failed-at': 'yesterday',
      'dlq-redrive-count': '-3',
    }),
  );
  expect(letter).toEqual({
    code: 'unknown',
    stage: 'unknown',
    message: '',
    originTopic: undefined,
    failedAtMs: 5_000,
    redriveCount: 0,
  });
});

test.each([
  ['mqtt', 'ingest'],
  ['origin', 'origin'],
  ['origin.dlq', undefined],
  ['__consumer_offsets', undefined],
  ['', undefined],
])('a letter from %s goes to %s', (origin, target) => {
  const letter = parseLetter(record({ 'dlq-origin-topic': origin }));
  expect(recordOf(letter, places)?.topic).toBe(target);
});

test('a letter that does not say where it comes from goes nowhere', () => {
  expect(recordOf(parseLetter(record({})), places)).toBeUndefined();
});

test('every part of a filter must hold, and a place is compared beyond what a number can hold', () => {
  const letter = parseLetter(
    record({
      'dlq-code': 'payload_empty',
      'dlq-stage': 'sink',
      'dlq-last-failed-at': '2026-01-01T00:00:00Z',
    }),
  );
  const failedAtMs = Date.UTC(2026, 0, 1);
  const at = { partition: 2, offset: '9007199254740993' };
  const fitting = {
    codes: ['payload_not_json', 'payload_empty'],
    stage: 'sink',
    key: 'meter-1',
    sinceMs: failedAtMs,
    untilMs: failedAtMs + 1,
    at,
  };
  expect(matches({}, letter)).toBe(true);
  expect(matches(fitting, letter)).toBe(true);
  for (const wrong of [
    { codes: ['payload_not_json'] },
    { stage: 'bridge' },
    { key: 'meter' },
    { sinceMs: failedAtMs + 1 },
    { untilMs: failedAtMs },
    { at: { ...at, partition: 0 } },
    { at: { ...at, offset: '9007199254740992' } },
  ])
    expect(matches({ ...fitting, ...wrong }, letter)).toBe(false);
});
