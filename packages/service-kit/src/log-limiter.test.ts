import { expect, test } from 'vitest';
import { createLogLimiter } from './log-limiter.ts';

test('admits a key once per minute, with the number suppressed since', () => {
  let nowMs = 0;
  const limiter = createLogLimiter({ now: () => nowMs });
  expect(limiter.admit('a')).toEqual({ log: true, suppressed: 0 });
  nowMs = 59_999;
  expect(limiter.admit('a').log).toBe(false);
  expect(limiter.admit('a').log).toBe(false);
  expect(limiter.admit('b').log).toBe(true);
  nowMs = 60_000;
  expect(limiter.admit('a')).toEqual({ log: true, suppressed: 2 });
});

test('a key that was reset is admitted at once', () => {
  const limiter = createLogLimiter({ now: () => 0 });
  limiter.admit('a');
  limiter.reset('a');
  expect(limiter.admit('a').log).toBe(true);
});

test('forgets the oldest key beyond the limit', () => {
  const limiter = createLogLimiter({ now: () => 0, maxKeys: 2 });
  limiter.admit('a');
  limiter.admit('b');
  limiter.admit('c');
  expect(limiter.admit('b').log).toBe(false);
  expect(limiter.admit('a').log).toBe(true);
});
