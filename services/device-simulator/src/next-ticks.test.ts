import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dueTicks } from './next-ticks.ts';

const at = (seconds: number) => 1_700_000_000_000 + seconds * 1000;

test('nothing is due before its time', () => {
  expect(dueTicks(at(10), at(9.9))).toEqual({ ticksMs: [], nextMs: at(10) });
});

test('a device time is due once, even when the timer is late', () => {
  expect(dueTicks(at(10), at(13))).toEqual({
    ticksMs: [at(10)],
    nextMs: at(20),
  });
  expect(dueTicks(at(20), at(13))).toEqual({ ticksMs: [], nextMs: at(20) });
});

test('a short stall is made up for', () => {
  expect(dueTicks(at(10), at(31)).ticksMs).toEqual([at(10), at(20), at(30)]);
});

test('after a long sleep only the present is due', () => {
  expect(dueTicks(at(10), at(3600))).toEqual({
    ticksMs: [at(3600)],
    nextMs: at(3610),
  });
});

test('after the clock was set back, ticks start again from the present', () => {
  expect(dueTicks(at(7200), at(3600))).toEqual({
    ticksMs: [at(3600)],
    nextMs: at(3610),
  });
});

test('however late the timers are, each device time is due at most once and in order', () => {
  const delaysMs = fc.array(fc.integer({ min: 0, max: 120_000 }), {
    maxLength: 100,
  });
  fc.assert(
    fc.property(delaysMs, delays => {
      let nowMs = at(0);
      let nextMs = at(0);
      const spoken: number[] = [];
      for (const delayMs of delays) {
        nowMs = Math.max(nowMs, nextMs) + delayMs;
        const due = dueTicks(nextMs, nowMs);
        spoken.push(...due.ticksMs);
        nextMs = due.nextMs;
        expect(nowMs - (spoken.at(-1) ?? 0)).toBeLessThan(10_000);
      }
      expect(spoken).toEqual(
        [...new Set(spoken)].toSorted((one, other) => one - other),
      );
      expect(spoken.every(tickMs => tickMs % 10_000 === 0)).toBe(true);
    }),
    { seed: 2 },
  );
});
