import { shortestPeriodMs } from './house-devices.ts';
import { minuteMs } from './house-model/units.ts';

/** The device times that are due, oldest first, and the one after them. */
export interface DueTicks {
  ticksMs: number[];
  nextMs: number;
}

// A short stall is made up for. After a longer one, such as a sleeping laptop, devices
// continue with the present: they do not send old messages late.
const madeUpMs = minuteMs;

/**
 * Works out which device times are due at `nowMs` when the next one wanted is `nextMs`.
 * After the clock was set back, ticks start again from the present.
 */
export function dueTicks(nextMs: number, nowMs: number): DueTicks {
  const newestMs = Math.floor(nowMs / shortestPeriodMs) * shortestPeriodMs;
  const tooLate = newestMs - nextMs > madeUpMs;
  const setBack = newestMs < nextMs - shortestPeriodMs;
  const ticksMs: number[] = [];
  let tickMs = tooLate || setBack ? newestMs : nextMs;
  for (; tickMs <= newestMs; tickMs += shortestPeriodMs) ticksMs.push(tickMs);
  return { ticksMs, nextMs: tickMs };
}
