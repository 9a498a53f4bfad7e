import { minuteMs } from '@homelab/heat-pump';
/** Zones change their offset on a quarter of an hour in UTC, if at all. */
const stepMs = 15 * minuteMs;
const maxRemembered = 20_000;

/** Writes times in one zone. */
export interface ZoneTime {
  readonly timeZone: string;
  /** ISO 8601 with the offset that is in force: `2026-03-29T03:00:00+02:00`. */
  format(ms: number): string;
  /** The offset from UTC that is in force, in milliseconds. */
  offsetMs(ms: number): number;
}

const known = new Map<string, ZoneTime>();

/** The writer of an IANA zone. Throws a `RangeError` for any other text. */
export function zoneTime(timeZone: string): ZoneTime {
  let found = known.get(timeZone);
  if (found === undefined) {
    found = createZoneTime(timeZone);
    // The names of zones are a closed list, but for upper and lower case.
    if (known.size >= 1_000) known.clear();
    known.set(timeZone, found);
  }
  return found;
}

/** The offset in force for a quarter of an hour. */
interface Offset {
  readonly ms: number;
  /** As it ends a time: `+02:00`, or `Z` for none. */
  readonly text: string;
  /** Its beginning as it is written, once it was. */
  start?: string;
}

function createZoneTime(timeZone: string): ZoneTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    timeZoneName: 'longOffset',
    era: 'short',
  });
  const offsets = new Map<number, Offset>();

  function offsetAt(ms: number): Offset {
    const step = Math.floor(ms / stepMs);
    let offset = offsets.get(step);
    if (offset === undefined) {
      const name = format
        .formatToParts(step * stepMs)
        .find(({ type }) => type === 'timeZoneName')?.value;
      const inMs = parseOffset(name ?? 'GMT');
      offset = { ms: inMs, text: offsetText(inMs) };
      if (offsets.size >= maxRemembered) offsets.clear();
      offsets.set(step, offset);
    }
    return offset;
  }

  return {
    timeZone,
    offsetMs: ms => offsetAt(ms).ms,
    format(ms) {
      const offset = offsetAt(ms);
      if (ms % stepMs !== 0) return formatted(ms, offset);
      // Hours and days begin at such times, and are asked for again and again.
      offset.start ??= formatted(ms, offset);
      return offset.start;
    },
  };
}

function formatted(ms: number, offset: Offset): string {
  const local = new Date(ms + offset.ms).toISOString();
  const time = ms % 1_000 === 0 ? local.slice(0, 19) : local.slice(0, 23);
  return `${time}${offset.text}`;
}

/** `GMT+02:00` as milliseconds; seconds of historic zones are dropped, as ISO 8601 does. */
function parseOffset(name: string): number {
  const [, sign, hours, minutes] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (sign === undefined) return 0;
  const ms = (Number(hours) * 60 + Number(minutes)) * minuteMs;
  return sign === '-' ? -ms : ms;
}

function offsetText(offset: number): string {
  if (offset === 0) return 'Z';
  const minutes = Math.abs(offset) / minuteMs;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
