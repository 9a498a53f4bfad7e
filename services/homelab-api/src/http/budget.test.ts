import { expect, test } from 'vitest';
import { createBudget } from './budget.ts';

test('what is spent in a minute is limited for each key of its own', () => {
  let clock = 0;
  const budget = createBudget({ perMinute: 10, now: () => clock });
  expect(budget.spend('a', 10)).toBe(0);
  clock = 20_000;
  expect(budget.spend('a', 1)).toBe(40);
  expect(budget.spend('b', 1)).toBe(0);
  clock = 60_000;
  expect(budget.spend('a', 1)).toBe(0);
});
