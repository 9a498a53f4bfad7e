import { expect, test } from 'vitest';
import { toEventLogger } from './event-logger.ts';

test('fields are flattened to plain values, and the message comes first', () => {
  const lines: unknown[] = [];
  const take =
    (level: string) =>
    (...line: unknown[]) =>
      lines.push([level, ...line]);
  const logger = toEventLogger({
    debug: take('debug'),
    info: take('info'),
    warn: take('warn'),
    error: take('error'),
  });
  logger.warn(
    { event: 'lost', count: 2, gone: undefined, err: new Error('no way') },
    'connection lost',
  );
  logger.info({ at: null, list: [1, 2] }, 'seen');
  expect(lines).toEqual([
    [
      'warn',
      'connection lost',
      { event: 'lost', count: 2, err: 'Error: no way' },
    ],
    ['info', 'seen', { at: null, list: '1,2' }],
  ]);
});
