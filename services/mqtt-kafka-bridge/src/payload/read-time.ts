import { DateTime } from 'luxon';
import type { DeviceMessage } from '../device-message.ts';
import { isAbsentWord } from './read-values.ts';

/** How clocks without a zone are read. */
export interface SiteClock {
  /** IANA zone of clocks that send local time. */
  readonly siteTimeZone: string;
  /** How far a clock without a zone may be off before the receive time replaces it. */
  readonly clockToleranceMs: number;
}

/** Numbers below it are seconds since 1970, others milliseconds. */
const smallestMillisecondEpoch = 1e11;

/** An earlier time is that of a clock that was never set: 1970, 2000, seconds since boot. */
const earliestSetMs = Date.UTC(2015, 0, 1);

const calendarTime =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)$/i;
const zoneAtEnd = /(?:z|[+-]\d{2}:?\d{2})$/i;

/** The only zone names that mean the same everywhere. */
const universalAtEnd = /\s*(?:utc|gmt)$/i;

/**
 * The first of several times that can be read, see {@link readDeviceTime}; a device may send
 * its time in more than one way.
 */
export function firstDeviceTime(
  values: readonly unknown[],
  message: DeviceMessage,
  clock: SiteClock,
): number | undefined {
  for (const value of values) {
    const timeMs = readDeviceTime(value, message, clock);
    if (timeMs !== undefined) return timeMs;
  }
  return undefined;
}

/**
 * The time a device gave its message, in milliseconds since 1970, or `undefined`
 * when it gave none that can be trusted.
 *
 * Reads ISO 8601 with or without a zone (a space may replace the `T`) and epoch seconds or
 * milliseconds, also as text. A time without a zone is local to the site; it counts only
 * when it is within the tolerance of the receive time or, for a message that waited in the
 * broker or was retained, not after it. The time of a clock that was never set does not
 * count.
 */
export function readDeviceTime(
  value: unknown,
  message: DeviceMessage,
  clock: SiteClock,
): number | undefined {
  const timeMs = parsedMs(value, message, clock);
  return timeMs !== null && timeMs >= earliestSetMs ? timeMs : undefined;
}

function parsedMs(
  value: unknown,
  message: DeviceMessage,
  clock: SiteClock,
): number | null {
  if (typeof value === 'number') return epochMs(value);
  if (typeof value !== 'string' || isAbsentWord(value)) return null;
  const text = value.trim().replace(universalAtEnd, 'Z');
  if (/^\d+(?:\.\d+)?$/.test(text)) return epochMs(Number(text));
  if (zoneAtEnd.test(text) && text.includes(':')) return zonedMs(text);
  const [, date, time] = calendarTime.exec(text) ?? [];
  if (date === undefined || time === undefined) return null;
  const localMs = siteMs(
    `${date}T${time}`,
    clock.siteTimeZone,
    message.receivedAtMs,
  );
  return localMs !== null && isPlausible(localMs, message, clock)
    ? localMs
    : null;
}

/** Milliseconds since 1970 as canonical text; `null` outside the range of the calendar. */
export function timestampText(timeMs: number): string | null {
  const time = new Date(timeMs);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function epochMs(value: number): number | null {
  if (!Number.isFinite(value) || value <= 0) return null;
  return Math.round(value < smallestMillisecondEpoch ? value * 1000 : value);
}

function zonedMs(text: string): number | null {
  const time = DateTime.fromISO(text.replace(' ', 'T'), { setZone: true });
  return time.isValid ? time.toMillis() : null;
}

/** When clocks go back an hour, local times occur twice: takes the nearer one. */
function siteMs(text: string, zone: string, nearMs: number): number | null {
  const time = DateTime.fromISO(text, { zone });
  if (!time.isValid) return null;
  const candidatesMs = time.getPossibleOffsets().map(each => each.toMillis());
  const distance = (ms: number) => Math.abs(ms - nearMs);
  return candidatesMs.reduce((best, ms) =>
    distance(ms) < distance(best) ? ms : best,
  );
}

function isPlausible(
  localMs: number,
  { receivedAtMs, retained, waitedSinceMs = receivedAtMs }: DeviceMessage,
  { clockToleranceMs }: SiteClock,
): boolean {
  const earliestMs = retained ? -Infinity : waitedSinceMs - clockToleranceMs;
  return localMs >= earliestMs && localMs <= receivedAtMs + clockToleranceMs;
}
