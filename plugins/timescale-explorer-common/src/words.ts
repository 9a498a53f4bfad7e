const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A number of bytes with its unit, such as `1.5 GB`. */
export function formatBytes(bytes: number): string {
  const power = Math.min(
    units.length - 1,
    bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3),
  );
  const value = bytes / 1000 ** power;
  const digits = power === 0 || value >= 100 ? 0 : 1;
  return `${value.toLocaleString('en-GB', { maximumFractionDigits: digits })} ${units[power]}`;
}

/** A duration as an SQL interval in its largest whole unit, such as `7 days`. */
export function sqlInterval(ms: number): string {
  const steps: [number, string][] = [
    [86_400_000, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
    [1_000, 'second'],
  ];
  const [unitMs, unit] = steps.find(([size]) => ms % size === 0) ?? [
    1,
    'millisecond',
  ];
  const count = ms / unitMs;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
