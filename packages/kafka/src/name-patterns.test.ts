import { expect, test } from 'vitest';
import { isOneOf } from './name-patterns.ts';

test.each([
  ['orders', 'orders', true],
  ['orders', 'orders.eu', false],
  ['orders*', 'orders.eu', true],
  ['*.dlq', 'orders.dlq', true],
  ['*.dlq', 'orders.dlq.old', false],
  ['a*b*c', 'a-b-c', true],
  ['a*b*c', 'ac', false],
  ['ab*ba', 'aba', false],
  ['*', '', true],
])('the pattern %s over %s: %s', (pattern, name, expected) => {
  expect(isOneOf(name, [pattern])).toBe(expected);
});
