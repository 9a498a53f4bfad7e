/** How current a value is. */
export const freshnesses = ['fresh', 'stale', 'offline'] as const;
export type Freshness = (typeof freshnesses)[number];

/** Ages, in milliseconds, at which a reading stops being fresh. */
export interface FreshnessLimits {
  staleAfterMs: number;
  offlineAfterMs: number;
}

/** Judges the age of a reading. */
export function freshnessOf(ageMs: number, limits: FreshnessLimits): Freshness {
  if (ageMs >= limits.offlineAfterMs) return 'offline';
  if (ageMs >= limits.staleAfterMs) return 'stale';
  return 'fresh';
}
