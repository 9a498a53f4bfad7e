import { expect, test } from 'vitest';
import { createBackoff } from './backoff.ts';

test('doubles up to the longest wait and starts over after a reset', () => {
  const backoff = createBackoff({ minMs: 100, maxMs: 500, random: () => 0 });
  expect([1, 2, 3, 4, 5].map(() => backoff.nextMs())).toEqual([
    100, 200, 400, 500, 500,
  ]);
  backoff.reset();
  expect(backoff.nextMs()).toBe(100);
});

test('shortens each wait by up to half', () => {
  const backoff = createBackoff({
    minMs: 100,
    maxMs: 500,
    random: () => 0.999,
  });
  expect(backoff.nextMs()).toBe(50);
  expect(backoff.nextMs()).toBe(100);
});
