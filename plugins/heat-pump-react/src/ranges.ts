import { dayEdges } from '@homelab/heat-pump';
import type { TimeRange } from '@homelab/portal-react/charts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** A range that a chart offers: hours up to now, or whole local days up to today's. */
interface Range {
  readonly label: string;
  readonly words: string;
  readonly hours?: number;
  readonly days?: number;
}

/** The ranges a chart offers, by their name in the URL. */
export const ranges = {
  '6h': { label: '6 h', words: 'last 6 hours', hours: 6 },
  '24h': { label: '24 h', words: 'last 24 hours', hours: 24 },
  '3d': { label: '3 d', words: 'last 3 days', hours: 72 },
  '7d': { label: '7 d', words: 'last 7 days', hours: 168 },
  '30d': { label: '30 d', words: 'last 30 days', days: 30 },
  '1y': { label: '1 y', words: 'last year', days: 365 },
} as const satisfies Record<string, Range>;

export type RangeName = keyof typeof ranges;

/** The names of {@link ranges}, shortest first. */
export const rangeNames = Object.keys(ranges) as readonly RangeName[];

/** The range that a URL without one means. */
export const defaultRange: RangeName = '24h';

/** Whether a text, such as a URL parameter, names a range. */
export function isRangeName(text: string | null): text is RangeName {
  return rangeNames.some(name => name === text);
}

/** Whether a range is made of whole local days. */
export function isWholeDays(name: RangeName): boolean {
  return 'days' in ranges[name];
}

/**
 * The times of a range. Days are whole: from the midnight that begins the first one to the
 * one that ends today, so that a bar for today has its place.
 */
export function boundsOf(
  name: RangeName,
  nowMs: number,
  timeZone: string,
): TimeRange {
  const range: Range = ranges[name];
  if (range.days === undefined) {
    return { fromMs: nowMs - (range.hours ?? 24) * hourMs, toMs: nowMs };
  }
  const firstMs = nowMs - (range.days - 1) * dayMs;
  const [fromMs = firstMs] = dayEdges(firstMs, firstMs, timeZone);
  const [, toMs = nowMs] = dayEdges(nowMs, nowMs, timeZone);
  return { fromMs, toMs };
}
