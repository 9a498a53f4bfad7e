import { expect, test } from 'vitest';
import { seededRandom } from './seeded-random.ts';

test('the same seed gives the same values, another seed others', () => {
  const take = (seed: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: 20 }, () => random.next());
  };
  expect(take(7)).toEqual(take(7));
  expect(take(7)).not.toEqual(take(8));
});

test('integers include both bounds and nothing beyond', () => {
  const random = seededRandom(1);
  const values = new Set(
    Array.from({ length: 500 }, () => random.integer(-1, 2)),
  );
  expect([...values].toSorted((a, b) => a - b)).toEqual([-1, 0, 1, 2]);
});

test('picks from the list and refuses an empty one', () => {
  const random = seededRandom(1);
  const values = new Set(
    Array.from({ length: 100 }, () => random.pick(['a', 'b'])),
  );
  expect([...values].toSorted()).toEqual(['a', 'b']);
  expect(() => random.pick([])).toThrow('empty list');
});

test('gives as many bytes as asked for', () => {
  const bytes = seededRandom(1).bytes(1_000);
  expect(bytes).toHaveLength(1_000);
  expect(new Set(bytes).size).toBeGreaterThan(200);
});
