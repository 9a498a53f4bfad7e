const formats = new Map<string, Intl.DateTimeFormat>();

/** Formatters are expensive to create, and a table needs the same one hundreds of times. */
function format(timeZone: string, options: Intl.DateTimeFormatOptions) {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat('en-GB', { timeZone, ...options });
    formats.set(key, made);
  }
  return made;
}

/** `Mon 23 Nov 2026, 15:44:12 CET` */
export function formatExactTime(
  time: string | number,
  timeZone: string,
): string {
  return format(timeZone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(time));
}

/** `Mon 23 Nov, 15:44` */
export function formatDayTime(time: string | number, timeZone: string): string {
  return format(timeZone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(time));
}

/** `15:44` */
export function formatClock(time: string | number, timeZone: string): string {
  return format(timeZone, { hour: '2-digit', minute: '2-digit' }).format(
    new Date(time),
  );
}

/** `Mon 23 Nov` */
export function formatDay(time: string | number, timeZone: string): string {
  return format(timeZone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  }).format(new Date(time));
}

/** `23 Nov` */
export function formatDate(time: string | number, timeZone: string): string {
  return format(timeZone, { day: 'numeric', month: 'short' }).format(
    new Date(time),
  );
}

/** `Nov`, and `Jan 2026` where a year begins. */
export function formatMonth(time: string | number, timeZone: string): string {
  const month = format(timeZone, { month: 'short' }).format(new Date(time));
  if (month !== 'Jan') return month;
  return format(timeZone, { month: 'short', year: 'numeric' }).format(
    new Date(time),
  );
}

/** A duration in at most two units: `45 s`, `23 min`, `2 h 5 min`, `1 d 3 h`. */
export function formatDuration(lengthMs: number): string {
  const seconds = Math.max(0, Math.round(lengthMs / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  }
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** An age in one unit, truncated: `2 s`, `4 min`, `3 h`, `2 d`. */
export function formatAge(ageMs: number): string {
  const age = Math.max(0, ageMs);
  if (age < minute) return `${Math.floor(age / second)} s`;
  if (age < hour) return `${Math.floor(age / minute)} min`;
  if (age < 2 * day) return `${Math.floor(age / hour)} h`;
  return `${Math.floor(age / day)} d`;
}
