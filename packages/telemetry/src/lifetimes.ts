/**
 * How long stored data lives, in days: the one truth for retention, for the windows in which
 * aggregates are refreshed, and for the oldest reading that is still accepted.
 */
export const lifetimes = {
  /** Raw readings, by the time of the device. */
  rawDays: 90,
  /** Hourly and daily aggregates. */
  rollupDays: 730,
  /**
   * The oldest reading that the bridge may let in. A week less than raw readings live: such a
   * reading must reach its table and be aggregated before the readings of its day are deleted,
   * after a long outage as well.
   */
  maxReadingAgeDays: 83,
} as const;
