import { dayMs, minuteMs } from './house-model/units.ts';

/** The local time of the site, for habits and for devices that have no zone. */
export interface SiteTime {
  /** Local minus UTC at a time, daylight saving included. */
  offsetMs(timeMs: number): number;
  /** Local minus UTC without daylight saving: what the sun follows. */
  standardOffsetMs: number;
  /** The local date and time as `YYYY-MM-DD hh:mm:ss`, without a zone. */
  format(timeMs: number): string;
}

// Every zone in use changes its clocks on a quarter of an hour.
const offsetSlotMs = 15 * minuteMs;
const maxCachedSlots = 1000;

/**
 * Creates the local time of an IANA zone.
 * Throws a RangeError when the zone is unknown.
 */
export function createSiteTime(timeZone: string): SiteTime {
  const formatter = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const format = (timeMs: number) => formatter.format(timeMs);
  const offsetOf = (timeMs: number) => {
    const wholeSecondMs = Math.floor(timeMs / 1000) * 1000;
    const local = Date.parse(`${format(wholeSecondMs).replace(' ', 'T')}Z`);
    return local - wholeSecondMs;
  };
  const cache = new Map<number, number>();
  const offsetMs = (timeMs: number) => {
    const slot = Math.floor(timeMs / offsetSlotMs);
    let offset = cache.get(slot);
    if (offset === undefined) {
      if (cache.size >= maxCachedSlots) cache.clear();
      offset = offsetOf(slot * offsetSlotMs);
      cache.set(slot, offset);
    }
    return offset;
  };
  const winterMs = Date.UTC(2026, 0, 15);
  const standardOffsetMs = Math.min(
    offsetOf(winterMs),
    offsetOf(winterMs + 182 * dayMs),
  );
  return { offsetMs, standardOffsetMs, format };
}
