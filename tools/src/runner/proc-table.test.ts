import { expect, test } from 'vitest';
import {
  parseProcStat,
  readMemoryKib,
  readProcess,
  readSecondsSinceStart,
  withDescendants,
} from './proc-table.ts';

const tail =
  'S 1 42 42 0 -1 4194304 100 0 0 0 1 2 0 0 20 0 1 0 987654 1000 10 0';

test('reads a process whose name has spaces and parentheses', () => {
  expect(parseProcStat(`77 (a) b (c)) ${tail}`)).toEqual({
    pid: 77,
    command: 'a) b (c)',
    parent: 1,
    processGroup: 42,
    startTicks: 987_654,
    zombie: false,
  });
});

test('recognises a zombie', () => {
  expect(parseProcStat(`77 (x) Z${tail.slice(1)}`)?.zombie).toBe(true);
});

test.each(['', 'garbage', '77 (x', '77 (x) S 1'])('refuses %j', text => {
  expect(parseProcStat(text)).toBeUndefined();
});

test('finds this process, and none for an impossible pid', () => {
  expect(readProcess(process.pid)?.pid).toBe(process.pid);
  expect(readProcess(2 ** 30)).toBeUndefined();
});

test('measures memory in KiB', () => {
  const mine = readMemoryKib(process.pid);
  expect(mine).toBeGreaterThan(10_000);
  expect(mine).toBeLessThan(4_000_000);
  expect(readMemoryKib(2 ** 30)).toBe(0);
});

test('knows when this process started', () => {
  // Vitest's worker is a process of its own; both clocks may be off by a tick.
  expect(readSecondsSinceStart()).toBeGreaterThan(process.uptime() - 0.1);
  expect(readSecondsSinceStart()).toBeLessThan(process.uptime() + 5);
});

test('finds children and grandchildren, in whatever order they are listed', () => {
  const entry = (pid: number, parent: number) => ({
    pid,
    parent,
    command: 'x',
    processGroup: pid,
    startTicks: 1,
    zombie: false,
  });
  const all = [entry(30, 20), entry(20, 10), entry(10, 1), entry(11, 1)];
  expect(withDescendants(new Set([10]), all).map(one => one.pid)).toEqual([
    30, 20, 10,
  ]);
});
