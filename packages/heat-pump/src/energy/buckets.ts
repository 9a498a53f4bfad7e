import type { Increment } from '../counters/step-counter.ts';

/** What was counted in a bucket of time. Times are milliseconds since 1970. */
export interface BucketRise {
  fromMs: number;
  toMs: number;
  /** In the unit of the counter; `null` if nothing is known of the bucket, never 0 for that. */
  amount: number | null;
  /** Share of the bucket in which readings came as usual, 0 to 1. */
  coverage: number;
  /** Part of the amount was interpolated over a gap, a restart or a jump. */
  estimated: boolean;
}

/** Sums increments into buckets; holds no more than the buckets. */
export interface BucketSums {
  /** Increments may come in any order and overlap any number of buckets. */
  add(increment: Increment): void;
  buckets(): BucketRise[];
}

/**
 * Creates sums for the buckets between neighbouring edges: n + 1 rising instants for n buckets,
 * so a day of 23 or 25 hours is a bucket like any other.
 * Throws a RangeError if the edges do not rise.
 */
export function createBucketSums(edgesMs: readonly number[]): BucketSums {
  requireRising(edgesMs);
  const count = Math.max(0, edgesMs.length - 1);
  const amounts = new Float64Array(count);
  const knownMs = new Float64Array(count);
  const coveredMs = new Float64Array(count);
  const estimated = new Uint8Array(count);

  return {
    add({ fromMs, toMs, amount, coverage, estimated: isEstimated }) {
      for (
        let index = bucketAt(edgesMs, fromMs);
        index < count && edgesMs[index] < toMs;
        index += 1
      ) {
        const overlapMs =
          Math.min(toMs, edgesMs[index + 1]) - Math.max(fromMs, edgesMs[index]);
        amounts[index] += amount * (overlapMs / (toMs - fromMs));
        knownMs[index] += overlapMs;
        coveredMs[index] += coverage * overlapMs;
        if (isEstimated) estimated[index] = 1;
      }
    },
    buckets: () =>
      Array.from({ length: count }, (_, index) => {
        const fromMs = edgesMs[index];
        const toMs = edgesMs[index + 1];
        return {
          fromMs,
          toMs,
          amount: knownMs[index] > 0 ? amounts[index] : null,
          coverage: Math.min(1, coveredMs[index] / (toMs - fromMs)),
          estimated: estimated[index] === 1,
        };
      }),
  };
}

function requireRising(edgesMs: readonly number[]): void {
  const at = edgesMs.findIndex(
    (edgeMs, index) => index > 0 && !(edgeMs > edgesMs[index - 1]),
  );
  if (at !== -1) {
    throw new RangeError(
      `The edges of buckets must rise, but edge ${at} is ${edgesMs[at]} after ${edgesMs[at - 1]}.`,
    );
  }
}

/** The bucket that holds a time, or 0 for a time before all of them. */
function bucketAt(edgesMs: readonly number[], atMs: number): number {
  let low = 0;
  let high = edgesMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edgesMs[middle] <= atMs) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
