const zero = 48;
const form = '0000-00-00T00:00:00.000Z';

/**
 * Gives the milliseconds since 1970 of a time in the one form that the pipeline itself
 * writes, `2026-01-12T06:31:00.000Z`, and `undefined` for every other text. Does by hand
 * what `Date.parse` does, in a third of the time.
 */
export function utcMsOf(text: string): number | undefined {
  if (!hasForm(text)) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
    return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const minutes = (daysSince1970(year, month, day) * 24 + hour) * 60 + minute;
  return (minutes * 60 + second) * 1_000 + digits(text, 20, 23);
}

function hasForm(text: string): boolean {
  if (text.length !== form.length) return false;
  for (let at = 0; at < form.length; at += 1) {
    const wanted = form.charCodeAt(at);
    const code = text.charCodeAt(at);
    if (wanted === zero ? code < zero || code > zero + 9 : code !== wanted)
      return false;
  }
  return true;
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1)
    value = value * 10 + text.charCodeAt(at) - zero;
  return value;
}

function daysIn(year: number, month: number): number {
  if (month === 2) {
    const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    return isLeap ? 29 : 28;
  }
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** In the proleptic Gregorian calendar; the year is counted from March, so that the leap day comes last. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  const leapDays =
    Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  const dayOfYear = Math.floor((153 * m + 2) / 5) + day - 1;
  return y * 365 + leapDays + dayOfYear - 719_468;
}
