import { expect, test } from 'vitest';
import { createRandom, normal, smoothNoise } from './random.ts';

test('numbers are uniform in [0, 1), also far from index 0', () => {
  for (const from of [0, 2 ** 31 - 500, 1.8e12]) {
    const random = createRandom(1);
    const numbers = Array.from({ length: 1000 }, (_, index) =>
      random('x', from + index),
    );
    const mean = numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
    expect(mean).toBeGreaterThan(0.46);
    expect(mean).toBeLessThan(0.54);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(new Set(numbers).size).toBeGreaterThan(990);
  }
});

test('seed, channel and index each change the number, and nothing else does', () => {
  const number = createRandom(1)('a', 5);
  expect(createRandom(1)('a', 5)).toBe(number);
  expect(createRandom(2)('a', 5)).not.toBe(number);
  expect(createRandom(1)('b', 5)).not.toBe(number);
  expect(createRandom(1)('a', 6)).not.toBe(number);
  expect(createRandom(1)('a', 5 + 2 ** 32)).not.toBe(number);
});

test('normal numbers have mean 0 and standard deviation 1', () => {
  const random = createRandom(3);
  const numbers = Array.from({ length: 4000 }, (_, index) =>
    normal(random, 'n', index),
  );
  const mean = numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  const variance =
    numbers.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 4000;
  expect(Math.abs(mean)).toBeLessThan(0.06);
  expect(Math.sqrt(variance)).toBeCloseTo(1, 1);
});

test('smooth noise has no jumps', () => {
  const random = createRandom(4);
  let previous = smoothNoise(random, 's', 0, 1000);
  for (let timeMs = 10; timeMs < 20_000; timeMs += 10) {
    const value = smoothNoise(random, 's', timeMs, 1000);
    expect(Math.abs(value - previous)).toBeLessThan(0.04);
    previous = value;
  }
});
