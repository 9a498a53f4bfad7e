import { expect, test } from 'vitest';
import type { ReadRecord } from '@homelab/kafka';
import { createMatcher } from './letter-filter.ts';
import type { LetterFilter } from './letter-filter.ts';
import { commonLetterFormat } from './letter-format.ts';
import type { LetterFormat } from './letter-format.ts';
import { parseLetter as parse } from './letter.ts';
import type { Letter } from './letter.ts';
import { recordOf } from './plan-redrive.ts';

const places = {
  targetOf: { mqtt: 'ingest' },
  originTopics: ['origin', 'orders.*'],
  ledgerTopic: 'orders.ledger',
};
const format: LetterFormat = {
  ...commonLetterFormat,
  codes: ['payload_empty', 'payload_not_json'],
};
const parseLetter = (one: ReadRecord) => parse(one, format);
const matches = (filter: LetterFilter, letter: Letter) =>
  createMatcher(filter)(letter);

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

test('headers are treated as untrusted input', () => {
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
    origin: undefined,
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
  ['orders.eu', 'orders.eu'],
  ['orders.ledger', undefined],
  ['toString', undefined],
])('a letter from %s goes to %s', (origin, target) => {
  const letter = parseLetter(record({ 'dlq-origin-topic': origin }));
  expect(recordOf(letter, places, format)?.topic).toBe(target);
});

test('a letter that does not say where it comes from goes nowhere', () => {
  expect(recordOf(parseLetter(record({})), places, format)).toBeUndefined();
});

test('every part of a filter must match, and offsets are compared beyond 2^53', () => {
  const letter = parseLetter(
    record({
      'dlq-code': 'payload_empty',
      'dlq-stage': 'sink',
      'dlq-last-failed-at': '2026-01-01T00:00:00Z',
    }),
  );
  const failedAtMs = Date.UTC(2026, 0, 1);
  const place = { partition: 2, offset: '9007199254740993' };
  const at = [{ partition: 0, offset: '1' }, place];
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
    { at: [{ ...place, partition: 0 }] },
    { at: [{ ...place, offset: '9007199254740992' }] },
    { at: [] },
  ])
    expect(matches({ ...fitting, ...wrong }, letter)).toBe(false);
});

test.each([
  [
    'Kafka Connect',
    {
      '__connect.errors.topic': 'orders',
      '__connect.errors.stage': 'VALUE_CONVERTER',
      '__connect.errors.exception.class.name': 'DataException',
      '__connect.errors.exception.message': 'not Avro',
    },
    { code: 'DataException', stage: 'VALUE_CONVERTER', message: 'not Avro' },
  ],
  [
    'Spring Kafka',
    {
      'kafka_dlt-original-topic': 'orders',
      'kafka_dlt-original-consumer-group': 'billing',
      'kafka_dlt-exception-fqcn': 'ListenerExecutionFailedException',
      'kafka_dlt-exception-cause-fqcn': 'IllegalStateException',
      'kafka_dlt-exception-message': 'no such order',
    },
    {
      code: 'IllegalStateException',
      stage: 'billing',
      message: 'no such order',
    },
  ],
  [
    'Kafka Streams',
    {
      '__streams.errors.topic': 'orders',
      '__streams.errors.exception': 'SerializationException',
      '__streams.errors.message': 'too short',
    },
    { code: 'SerializationException', message: 'too short' },
  ],
  [
    'SmallRye',
    {
      'dead-letter-topic': 'orders',
      'dead-letter-exception-class-name': 'RuntimeException',
      'dead-letter-reason': 'boom',
    },
    { code: 'RuntimeException', message: 'boom' },
  ],
])(
  'a letter of %s is understood and goes back without its failure headers',
  (_name, headers, expected) => {
    const letter = parse(
      record({ ...headers, trace: 'abc' }),
      commonLetterFormat,
    );
    expect(letter).toMatchObject({ ...expected, origin: 'orders' });
    const sent = recordOf(
      letter,
      { ...places, originTopics: ['orders'] },
      commonLetterFormat,
    );
    expect(sent?.topic).toBe('orders');
    expect(Object.keys(sent?.headers ?? {})).toEqual([
      'trace',
      'dlq-redrive-count',
    ]);
  },
);

test('a letter without an origin gets the one of its topic', () => {
  const originOf = { 'origin.dlq': 'origin' };
  const letter = parse(record({}), { ...format, originOf });
  expect(letter.origin).toBe('origin');
  const other = parse(record({}, { topic: 'other.dlq' }), {
    ...format,
    originOf,
  });
  expect(other.origin).toBeUndefined();
});

test('a failure time may be in milliseconds, and an impossible one is ignored', () => {
  const failedAt = (text: string) =>
    parseLetter(record({ 'dlq-last-failed-at': text })).failedAtMs;
  expect(failedAt('1700000000000')).toBe(1_700_000_000_000);
  expect(failedAt('9999999999999999')).toBe(5_000);
});

test('a long code is truncated', () => {
  const letter = parse(
    record({ 'dlq-code': 'x'.repeat(10_000) }),
    commonLetterFormat,
  );
  expect(letter.code).toHaveLength(500);
});
