const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A duration in at most two units, such as `9 min` or `1 h 12 min`. */
export function formatDuration(ms: number): string {
  if (ms < second) return 'under 1 s';
  if (ms < minute) return `${Math.round(ms / second)} s`;
  if (ms < 10 * minute) return twoUnits(ms, minute, 'min', second, 's');
  if (ms < hour) return `${Math.round(ms / minute)} min`;
  if (ms < day) return twoUnits(ms, hour, 'h', minute, 'min');
  return twoUnits(ms, day, 'd', hour, 'h');
}

function twoUnits(
  ms: number,
  largeMs: number,
  large: string,
  smallMs: number,
  small: string,
): string {
  const inSmall = Math.round(ms / smallMs);
  const ratio = largeMs / smallMs;
  const rest = inSmall % ratio;
  const whole = `${Math.floor(inSmall / ratio)} ${large}`;
  return rest === 0 ? whole : `${whole} ${rest} ${small}`;
}

/** A count of records with separators, such as `12,345`. Accepts 64-bit numbers. */
export function formatCount(count: bigint | string | number): string {
  const value = typeof count === 'number' ? Math.round(count) : BigInt(count);
  return value.toLocaleString('en-GB');
}

/** A rate in records per second with its significant digits, such as `0.2` or `1,200`. */
export function formatRate(perSecond: number): string {
  if (perSecond === 0) return '0';
  if (perSecond < 0.01) return '<0.01';
  return perSecond.toLocaleString('en-GB', {
    maximumFractionDigits: digitsOf(perSecond),
  });
}

function digitsOf(perSecond: number): number {
  if (perSecond < 1) return 2;
  return perSecond < 100 ? 1 : 0;
}
