import { expect, test } from 'vitest';
import { freePorts, largestPortOffset, portsAt } from './ports.ts';

test('moves every port by the offset', () => {
  const [plain, moved] = [portsAt(0), portsAt(100)];
  expect(plain.portal).toBe(7007);
  expect(Object.values(moved)).toEqual(
    Object.values(plain).map(port => port + 100),
  );
});

test('the largest offset keeps every port valid, one more does not', () => {
  const highest = (offset: number) =>
    Math.max(...Object.values(portsAt(offset)));
  expect(highest(largestPortOffset)).toBe(65_535);
  expect(highest(largestPortOffset + 1)).toBeGreaterThan(65_535);
});

test('free ports are all different, even when the system repeats one', async () => {
  let calls = 0;
  const ports = Object.values(
    await freePorts(async () => 40_000 + Math.floor(calls++ / 2)),
  );
  expect(new Set(ports).size).toBe(ports.length);
});
