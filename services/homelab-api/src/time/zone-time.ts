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

function createZoneTime(timeZone: string): ZoneTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    timeZoneName: 'longOffset',
    era: 'short',
  });
  const offsets = new Map<number, number>();

  function offsetMs(ms: number): number {
    const step = Math.floor(ms / stepMs);
    let offset = offsets.get(step);
    if (offset === undefined) {
      const name = format
        .formatToParts(step * stepMs)
        .find(({ type }) => type === 'timeZoneName')?.value;
      offset = parseOffset(name ?? 'GMT');
      if (offsets.size >= maxRemembered) offsets.clear();
      offsets.set(step, offset);
    }
    return offset;
  }

  return {
    timeZone,
    offsetMs,
    format(ms) {
      const offset = offsetMs(ms);
      const local = new Date(ms + offset).toISOString();
      const time = ms % 1_000 === 0 ? local.slice(0, 19) : local.slice(0, 23);
      return `${time}${offsetText(offset)}`;
    },
  };
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
