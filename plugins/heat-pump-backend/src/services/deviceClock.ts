/** Clocks differ by seconds everywhere; one this far ahead is wrong. */
export const clockToleranceMs = 60_000;

/**
 * How much earlier a reading from a clock that is ahead counts when the newest is chosen: a
 * right one of the same moment, which may be cut to whole seconds, then comes before it.
 */
export const aheadPenaltyMs = 5_000;

/** What a device says of when it measured, and when that reached us. */
export interface ReadingTimes {
  measuredMs: number;
  receivedMs: number;
}

/** When a reading was made, as far as it can be believed: nothing arrives before that. */
export function asOfMs({ measuredMs, receivedMs }: ReadingTimes): number {
  return Math.min(measuredMs, receivedMs);
}

/** How far the clock of a device ran ahead, in milliseconds; 0 within the tolerance. */
export function clockAheadMs({ measuredMs, receivedMs }: ReadingTimes): number {
  const aheadMs = measuredMs - receivedMs;
  return aheadMs > clockToleranceMs ? aheadMs : 0;
}

/** By what readings of one device are ordered: the newest has the greatest. */
export function rankMs(times: ReadingTimes): number {
  return asOfMs(times) - (clockAheadMs(times) > 0 ? aheadPenaltyMs : 0);
}
