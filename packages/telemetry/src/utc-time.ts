const zero = 48;
/** Stands for invalid digits; makes every sum that includes it negative. */
const notDigits = -1e9;
const length = '2026-01-12T06:31:00.000Z'.length;
const dash = '-'.charCodeAt(0);
const colon = ':'.charCodeAt(0);

/**
 * Returns the milliseconds since 1970 of a time in the format that the pipeline writes,
 * `2026-01-12T06:31:00.000Z`, and `undefined` for any other text. Gives the same result as
 * `Date.parse` in a fraction of the time.
 */
export function utcMsOf(text: string): number | undefined {
  if (text.length !== length || !hasSigns(text)) return undefined;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  const tens = twoDigits(text, 20);
  const ones = text.charCodeAt(22) - zero;
  const isDate =
    year >= 0 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month);
  const isTime =
    (hour | minute | second | tens | ones) >= 0 &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59 &&
    ones <= 9;
  if (!isDate || !isTime) return undefined;
  const minutes = (daysSince1970(year, month, day) * 24 + hour) * 60 + minute;
  return (minutes * 60 + second) * 1_000 + tens * 10 + ones;
}

function hasSigns(text: string): boolean {
  return (
    text.charCodeAt(4) === dash &&
    text.charCodeAt(7) === dash &&
    text.charCodeAt(10) === 0x54 &&
    text.charCodeAt(13) === colon &&
    text.charCodeAt(16) === colon &&
    text.charCodeAt(19) === 0x2e &&
    text.charCodeAt(23) === 0x5a
  );
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - zero;
  const ones = text.charCodeAt(at + 1) - zero;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9
    ? notDigits
    : tens * 10 + ones;
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
