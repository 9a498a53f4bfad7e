import { expect, test } from 'vitest';
import { createBoundedMap } from './bounded-map.ts';

test('the entry written longest ago is evicted first', () => {
  const map = createBoundedMap<number>({ maxBytes: 1000, valueBytes: 300 });
  map.set('a', 1);
  map.set('b', 2);
  map.set('a', 3);
  map.set('c', 4);
  expect(['a', 'b', 'c'].map(map.get)).toEqual([3, undefined, 4]);
  expect(map.size).toBe(2);
});

test('the bound holds whatever is written', () => {
  const map = createBoundedMap<string | undefined>({
    maxBytes: 10_000,
    valueBytes: value => value?.length ?? 0,
  });
  for (let round = 0; round < 10_000; round += 1) {
    const key = String(round % 97).padEnd(round % 501, 'k');
    map.set(key, round % 3 === 0 ? undefined : 'v'.repeat(round % 1009));
    expect(map.bytes).toBeLessThanOrEqual(10_000);
  }
  expect(map.size).toBeGreaterThan(5);
  map.set('x'.repeat(5_000), undefined);
  expect(map.has('x'.repeat(5_000))).toBe(false);
});
