import { createBucketSums } from './buckets.ts';
import type { BucketRise } from './buckets.ts';
import { hourMs, minuteMs } from '../time/units.ts';

/** Power at a time, in kW and milliseconds since 1970; `null` if unknown. */
export interface PowerReading {
  atMs: number;
  kw: number | null;
}

/**
 * How power goes on between two readings: `trapezoid` for a device that is read at intervals,
 * `hold` for one that speaks when something changes.
 */
export type PowerShape = 'trapezoid' | 'hold';

/** Power is never carried over a longer silence. */
export const maxPowerGapMs = 5 * minuteMs;

/** Mean power between two readings; `null` if unknown. */
export function powerBetween(
  beforeKw: number | null,
  afterKw: number | null,
  shape: PowerShape,
): number | null {
  if (shape === 'hold' || beforeKw === null) return beforeKw;
  return afterKw === null ? null : (beforeKw + afterKw) / 2;
}

/**
 * Energy per bucket, in kWh, of a device that has no counter, from its power in the order of time.
 * Late and repeated readings change nothing; where power is unknown, so is the energy.
 * Throws a RangeError if the edges do not rise.
 */
export function energyFromPower(
  readings: Iterable<PowerReading>,
  edgesMs: readonly number[],
  shape: PowerShape,
): BucketRise[] {
  const sums = createBucketSums(edgesMs);
  let before: PowerReading | undefined;
  for (const reading of readings) {
    if (before !== undefined && !(reading.atMs > before.atMs)) continue;
    const elapsedMs = reading.atMs - (before?.atMs ?? reading.atMs);
    const kw = powerBetween(before?.kw ?? null, reading.kw, shape);
    if (before !== undefined && kw !== null && elapsedMs <= maxPowerGapMs) {
      sums.add({
        fromMs: before.atMs,
        toMs: reading.atMs,
        amount: (kw * elapsedMs) / hourMs,
        estimated: false,
        coverage: 1,
      });
    }
    before = reading;
  }
  return sums.buckets();
}
