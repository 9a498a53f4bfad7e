import { dayMs, hourMs, minuteMs } from './units.ts';

/**
 * The local midnights of a time zone (IANA) that enclose a range: the first at or before
 * `fromMs`, the last at or after `toMs`. Days of 23 and 25 hours come out as they are.
 * Throws a RangeError if the zone is unknown or the range is reversed.
 */
export function dayEdges(
  fromMs: number,
  toMs: number,
  timeZone: string,
): number[] {
  requireForward(fromMs, toMs);
  const local = createLocalTime(timeZone);
  const edges: number[] = [];
  let dayStartMs = Math.floor(local.localMs(fromMs) / dayMs) * dayMs;
  for (;;) {
    const edgeMs = startOfDay(local, dayStartMs);
    edges.push(edgeMs);
    if (edgeMs >= toMs && edges.length > 1) return edges;
    dayStartMs += dayMs;
  }
}

/** The full hours of UTC that enclose a range: the first at or before `fromMs`, and so on. */
export function hourEdges(fromMs: number, toMs: number): number[] {
  requireForward(fromMs, toMs);
  const firstHour = Math.floor(fromMs / hourMs);
  const lastHour = Math.max(firstHour + 1, Math.ceil(toMs / hourMs));
  return Array.from(
    { length: lastHour - firstHour + 1 },
    (_, index) => (firstHour + index) * hourMs,
  );
}

function requireForward(fromMs: number, toMs: number): void {
  if (!(fromMs <= toMs)) {
    throw new RangeError(
      `The range ends (${toMs}) before it begins (${fromMs}).`,
    );
  }
}

interface LocalTime {
  /** The local date and time of an instant, as if it were UTC. */
  localMs(atMs: number): number;
}

function createLocalTime(timeZone: string): LocalTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return {
    localMs(atMs) {
      const parts = format.formatToParts(atMs);
      const part = (type: Intl.DateTimeFormatPartTypes) =>
        Number(parts.find(one => one.type === type)?.value);
      const wholeMinuteMs = Date.UTC(
        part('year'),
        part('month') - 1,
        part('day'),
        part('hour'),
        part('minute'),
      );
      return wholeMinuteMs + (((atMs % minuteMs) + minuteMs) % minuteMs);
    },
  };
}

/**
 * The first instant of a local day. Where clocks change at midnight, 00:00 may happen twice or
 * never: then it is the first of both, or the moment of the change.
 */
function startOfDay(local: LocalTime, localMidnightMs: number): number {
  const offsetMs = (atMs: number) => local.localMs(atMs) - atMs;
  const beforeMs = offsetMs(localMidnightMs - dayMs);
  const afterMs = offsetMs(localMidnightMs + dayMs);
  if (beforeMs === afterMs) return localMidnightMs - beforeMs;
  const candidates = [localMidnightMs - beforeMs, localMidnightMs - afterMs];
  candidates.sort((a, b) => a - b);
  const isOfDay = (atMs: number) =>
    Math.floor(local.localMs(atMs) / dayMs) * dayMs === localMidnightMs;
  return candidates.find(isOfDay) ?? candidates[0];
}
