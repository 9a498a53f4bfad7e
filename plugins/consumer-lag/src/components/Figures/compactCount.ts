const units = [
  [10n ** 18n, 'e18'],
  [10n ** 15n, 'P'],
  [10n ** 12n, 'T'],
  [10n ** 9n, 'G'],
  [10n ** 6n, 'M'],
  [10n ** 3n, 'k'],
] as const;

/**
 * A count in about four characters, such as `940`, `6.5k` or `12M`; rounded down, so that it
 * is never more than there is. Takes 64-bit numbers.
 */
export function compactCount(count: bigint | string | number): string {
  const value = BigInt(typeof count === 'number' ? Math.round(count) : count);
  for (const [size, unit] of units) {
    if (value < size) continue;
    const whole = value / size;
    const tenth = (value % size) / (size / 10n);
    return whole >= 10n || tenth === 0n
      ? `${whole}${unit}`
      : `${whole}.${tenth}${unit}`;
  }
  return String(value);
}
