/** A few seconds of difference are normal; a clock this far ahead is wrong. */
export const clockToleranceMs = 60_000;

/**
 * How much lower a reading with a clock ahead ranks, so that a correct one of the same moment,
 * perhaps truncated to whole seconds, is newer.
 */
export const aheadPenaltyMs = 5_000;

/** The time of measurement according to the device, and the time of arrival. */
export interface ReadingTimes {
  measuredMs: number;
  receivedMs: number;
}

/** The time of a reading: no reading arrives before it is measured. */
export function asOfMs({ measuredMs, receivedMs }: ReadingTimes): number {
  return Math.min(measuredMs, receivedMs);
}

/** How far the clock of a device ran ahead, in milliseconds; 0 within the tolerance. */
export function clockAheadMs({ measuredMs, receivedMs }: ReadingTimes): number {
  const aheadMs = measuredMs - receivedMs;
  return aheadMs > clockToleranceMs ? aheadMs : 0;
}

/** The order of a device's readings: the newest has the highest rank. */
export function rankMs(times: ReadingTimes): number {
  return asOfMs(times) - (clockAheadMs(times) > 0 ? aheadPenaltyMs : 0);
}
