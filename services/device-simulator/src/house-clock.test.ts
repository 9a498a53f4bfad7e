import { expect, test } from 'vitest';
import { createHouseClock } from './house-clock.ts';

test('runs at the given multiple of wall-clock time', () => {
  const clock = createHouseClock({ fromMs: 1000, speed: 60 });
  expect(clock(1000)).toBe(1000);
  expect(clock(2000)).toBe(61_000);
});

test('stands still while the wall clock is set back', () => {
  const clock = createHouseClock({ fromMs: 1000, speed: 1 });
  expect(clock(9000)).toBe(9000);
  expect(clock(4000)).toBe(9000);
  expect(clock(9500)).toBe(9500);
});
