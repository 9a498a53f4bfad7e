import { dayMs } from '@homelab/heat-pump';
import type { ZoneTime } from '../time/zone-time.ts';

/**
 * The moment of the day that begins at `dayStartMs` at which clocks show the same as at `nowMs`.
 * When the clock changes in between, days differ by an hour and the clock still shows the same.
 */
export function sameClockOn(
  dayStartMs: number,
  nowMs: number,
  zone: ZoneTime,
): number {
  const wanted = (nowMs + zone.offsetMs(nowMs)) % dayMs;
  const guess = dayStartMs + wanted;
  const shown = (guess + zone.offsetMs(guess)) % dayMs;
  const moment = guess + wanted - shown;
  return moment - dayStartMs > 1.5 * dayMs ? moment - dayMs : moment;
}
