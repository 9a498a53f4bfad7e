import { expect, test } from 'vitest';
import { dueTicks } from './next-ticks.ts';

const at = (seconds: number) => 1_700_000_000_000 + seconds * 1000;

test('nothing is due before its time', () => {
  expect(dueTicks(at(10), at(9.9))).toEqual({ ticksMs: [], nextMs: at(10) });
});

test('a device time is due once, also when the timer is late', () => {
  expect(dueTicks(at(10), at(13))).toEqual({ ticksMs: [at(10)], nextMs: at(20) });
  expect(dueTicks(at(20), at(13))).toEqual({ ticksMs: [], nextMs: at(20) });
});

test('a short stall is made up for', () => {
  expect(dueTicks(at(10), at(31)).ticksMs).toEqual([at(10), at(20), at(30)]);
});

test('after a long sleep only the present is spoken of', () => {
  expect(dueTicks(at(10), at(3600))).toEqual({ ticksMs: [at(3600)], nextMs: at(3610) });
});

test('a clock that was set back starts anew from its present', () => {
  expect(dueTicks(at(7200), at(3600))).toEqual({
    ticksMs: [at(3600)],
    nextMs: at(3610),
  });
});
