import { expect, test } from 'vitest';
import { toDeadLetter } from './dead-letter.ts';

const route = {
  topic: 'readings',
  deadLetterTopic: 'readings.dlq',
  group: 'storers',
};
const refused = {
  record: {
    offset: '9007199254740993',
    timestampMs: Date.UTC(2026, 0, 1),
    key: Buffer.from('meter'),
    value: Buffer.from([0, 255, 1]),
    headers: {
      'mqtt-topic': Buffer.from('a/b'),
      'dlq-redrive-count': Buffer.from('2'),
    },
  },
  code: 'payload_not_json',
  message: 'x'.repeat(2_000),
  attempts: 3,
  firstFailedAt: new Date('2026-01-02T00:00:00Z'),
  lastFailedAt: new Date('2026-01-02T00:00:05Z'),
} as const;

test('a dead letter keeps key, value and headers and adds origin and reason', () => {
  expect(toDeadLetter(refused, route, 4)).toEqual({
    topic: 'readings.dlq',
    key: Buffer.from('meter'),
    value: Buffer.from([0, 255, 1]),
    headers: {
      'mqtt-topic': Buffer.from('a/b'),
      'dlq-redrive-count': Buffer.from('2'),
      'dlq-stage': 'sink',
      'dlq-code': 'payload_not_json',
      'dlq-message': 'x'.repeat(500),
      'dlq-origin-topic': 'readings',
      'dlq-origin-partition': '4',
      'dlq-origin-offset': '9007199254740993',
      'dlq-origin-timestamp': '2026-01-01T00:00:00.000Z',
      'dlq-origin-group': 'storers',
      'dlq-attempts': '3',
      'dlq-first-failed-at': '2026-01-02T00:00:00.000Z',
      'dlq-last-failed-at': '2026-01-02T00:00:05.000Z',
    },
  });
});

test.each([-1, Number.NaN, 1_767_225_600_000_000_000, 2 ** 63])(
  'a record timestamp of %d, which is no time, is left out',
  timestampMs => {
    const record = { ...refused.record, timestampMs };
    const { headers } = toDeadLetter({ ...refused, record }, route, 4);
    expect(headers).not.toHaveProperty('dlq-origin-timestamp');
    expect(headers).toMatchObject({ 'dlq-origin-offset': '9007199254740993' });
  },
);
