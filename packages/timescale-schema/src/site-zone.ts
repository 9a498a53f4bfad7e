import { MigrationError } from './read-migrations.ts';

const minuteMs = 60_000;
const hourMinutes = 60;

/** The zone that `SITE_TIME_ZONE` names, and for a new database without it that of the system. */
export function siteTimeZones(
  env: Readonly<Record<string, string | undefined>>,
) {
  return {
    siteTimeZone: env.SITE_TIME_ZONE || undefined,
    newTimeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/**
 * Minutes past the UTC hour at which the hours of a zone begin: 0 for Europe/Stockholm, 30 for
 * Asia/Kolkata. Days of the zone are whole hours then.
 * Throws {@link MigrationError} for what is no zone, and for one whose clock is moved by less
 * than an hour.
 */
export function hourOffsetMinutes(timeZone: string): number {
  const minutes = new Set<number>();
  for (let month = 0; month < 24 * 12; month += 1)
    minutes.add(minutesPastHour(timeZone, Date.UTC(2018, month, 15)));
  const [only = 0, ...more] = minutes;
  if (more.length === 0) return only;
  throw new MigrationError(
    'time_zone_unusable',
    `Rollups cannot follow the time zone ${timeZone}, whose clock is moved by less than an hour: set SITE_TIME_ZONE to another zone with days alike.`,
  );
}

function minutesPastHour(timeZone: string, atMs: number): number {
  const name = offsetName(timeZone, atMs);
  const [, sign, minutes = '0'] = /GMT([+-])\d\d:(\d\d)/.exec(name) ?? [];
  // An hour of +05:30 begins at half past the UTC hour, as one of -09:30 does; +05:45 at 15 past.
  const offset = Number(minutes) * (sign === '-' ? -1 : 1);
  return (hourMinutes - offset) % hourMinutes;
}

function offsetName(timeZone: string, atMs: number): string {
  try {
    const parts = new Intl.DateTimeFormat('en', {
      timeZone,
      timeZoneName: 'longOffset',
    }).formatToParts(Math.floor(atMs / minuteMs) * minuteMs);
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  } catch (error) {
    throw new MigrationError(
      'time_zone_unusable',
      `"${timeZone}" is no IANA time zone: set SITE_TIME_ZONE to one such as Europe/Stockholm.`,
      { cause: error },
    );
  }
}
