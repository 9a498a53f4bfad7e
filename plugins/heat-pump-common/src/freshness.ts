/** How far a value can be trusted to be of now. */
export type Freshness = 'fresh' | 'stale' | 'offline';

/** Ages, in milliseconds, at which a reading stops being fresh. */
export interface FreshnessLimits {
  staleAfterMs: number;
  offlineAfterMs: number;
}

/** Judges the age of a reading. A reading from the future counts as fresh. */
export function freshnessOf(ageMs: number, limits: FreshnessLimits): Freshness {
  if (ageMs >= limits.offlineAfterMs) return 'offline';
  if (ageMs >= limits.staleAfterMs) return 'stale';
  return 'fresh';
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** An age in one unit, cut not rounded: `2 s`, `4 min`, `3 h`, `2 d`. */
export function formatAge(ageMs: number): string {
  const age = Math.max(0, ageMs);
  if (age < minute) return `${Math.floor(age / second)} s`;
  if (age < hour) return `${Math.floor(age / minute)} min`;
  if (age < 2 * day) return `${Math.floor(age / hour)} h`;
  return `${Math.floor(age / day)} d`;
}
