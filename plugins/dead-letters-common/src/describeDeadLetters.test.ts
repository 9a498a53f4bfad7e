import { describeDeadLetters } from './describeDeadLetters';

it.each([
  [[{ waiting: 0 }], 'ok', 'No dead letter waits.'],
  [
    [{ waiting: 0, problem: 'denied' }],
    'unknown',
    'a.dlq could not be read; no other dead letter waits.',
  ],
  [
    [{ waiting: 1 }],
    'watch',
    '1 dead letter waits in a.dlq, the oldest for 2 h.',
  ],
  [
    [{ waiting: 1 }, { waiting: 2, oldestFailedAt: null }],
    'watch',
    '3 dead letters wait in 2 dead-letter topics, the oldest for 2 h.',
  ],
])('judges %j as %s', (topics, severity, text) => {
  const oldestFailedAt = '2026-01-12T06:00:00.000Z';
  expect(
    describeDeadLetters(
      topics.map(topic => ({
        topic: 'a.dlq',
        isPartial: false,
        oldestFailedAt,
        problem: null,
        ...topic,
      })),
      Date.parse(oldestFailedAt) + 7_200_000,
    ),
  ).toEqual({ severity, text });
});
