import { HomelabError } from '../homelab-error.ts';

const unitMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * A time in milliseconds since 1970, from `2026-01-31`, `2026-01-31T18:00:00Z` or `2h` (ago).
 * @throws HomelabError `wrong-usage` with the valid formats
 */
export function parseTime(flag: string, text: string, nowMs: number): number {
  const [, amount, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const ageMs = Number(amount) * (unitMs[unit ?? ''] ?? Number.NaN);
  if (!Number.isNaN(ageMs)) return nowMs - ageMs;
  const timeMs = /^\d{4}-\d{2}-\d{2}/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (!Number.isNaN(timeMs)) return timeMs;
  throw new HomelabError(
    'wrong-usage',
    `${flag} "${text}" is not a time: write a date such as 2026-01-31, a time such as 2026-01-31T18:00:00Z, or how long ago, such as 30m, 2h or 7d.`,
  );
}

/** An age for a person: the largest unit that fits. */
export function formatAge(ageMs: number): string {
  const units = Object.entries(unitMs).toReversed();
  for (const [unit, sizeMs] of units)
    if (ageMs >= sizeMs) return `${Math.floor(ageMs / sizeMs)} ${unit}`;
  return '0 s';
}
