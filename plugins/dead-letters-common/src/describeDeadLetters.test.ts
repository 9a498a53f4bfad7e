import { describeDeadLetters } from './describeDeadLetters';

it.each([
  [[{ waiting: 0 }], 'ok', 'No failed messages are waiting.'],
  [
    [{ waiting: 0, problem: 'denied' }],
    'unknown',
    'a.dlq cannot be read; no failed messages wait elsewhere.',
  ],
  [
    [{ waiting: 1 }],
    'watch',
    '1 message could not be processed; the oldest failed 2 h ago.',
  ],
  [
    [{ waiting: 1 }, { waiting: 2, oldestFailedAt: null }],
    'watch',
    '3 messages could not be processed; the oldest failed 2 h ago.',
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
