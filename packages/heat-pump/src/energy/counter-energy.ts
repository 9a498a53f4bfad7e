import type { CounterRules } from '../counters/counter-rules.ts';
import { rollupReadings } from '../counters/rollup-readings.ts';
import type { CounterRollup } from '../counters/rollup-readings.ts';
import { initialCounter, stepCounter } from '../counters/step-counter.ts';
import type {
  CounterReading,
  CounterReset,
  RowContext,
} from '../counters/step-counter.ts';
import { createBucketSums } from './buckets.ts';
import type { BucketRise } from './buckets.ts';

/** What a counter counted in each bucket, and where it restarted. */
export interface CounterRises {
  buckets: BucketRise[];
  /** At most {@link maxResets}, the first ones. */
  resets: CounterReset[];
}

/** A counter that restarts more often is broken; the rest is not listed. */
export const maxResets = 1_000;

/** Sums up a counter as its readings come; memory is bounded by the number of buckets. */
export interface CounterSums {
  add(reading: CounterReading): void;
  addRollup(rollup: CounterRollup): void;
  rises(): CounterRises;
}

/**
 * Creates the sums of a counter per bucket, in the counter's unit. Readings come in the order
 * of time; late and repeated ones change nothing. To know a bucket to its edges, give also
 * the last reading before the first edge and the first after the last edge.
 * Throws a RangeError if the edges do not rise.
 */
export function createCounterSums(
  edgesMs: readonly number[],
  rules: CounterRules,
): CounterSums {
  const sums = createBucketSums(edgesMs);
  const resets: CounterReset[] = [];
  let state = initialCounter;
  const add = (reading: CounterReading, row?: RowContext) => {
    const step = stepCounter(state, reading, rules, row);
    state = step.state;
    for (const increment of step.increments) sums.add(increment);
    for (const reset of step.resets) {
      if (resets.length < maxResets) resets.push(reset);
    }
  };
  return {
    add: reading => add(reading),
    addRollup(rollup) {
      for (const reading of rollupReadings(rollup, rules)) {
        add(reading, reading.row);
      }
    },
    rises: () => ({ buckets: sums.buckets(), resets: [...resets] }),
  };
}

/** What a counter counted per bucket, from its readings in the order of time. */
export function risesFromReadings(
  readings: Iterable<CounterReading>,
  edgesMs: readonly number[],
  rules: CounterRules,
): CounterRises {
  const sums = createCounterSums(edgesMs, rules);
  for (const reading of readings) sums.add(reading);
  return sums.rises();
}

/**
 * What a counter counted per bucket, from rows of a rollup in the order of time: the same as
 * from the readings behind them, for buckets whose edges are edges of the rollup. Within a
 * row, the counter is taken to rise evenly.
 */
export function risesFromRollups(
  rollups: Iterable<CounterRollup>,
  edgesMs: readonly number[],
  rules: CounterRules,
): CounterRises {
  const sums = createCounterSums(edgesMs, rules);
  for (const rollup of rollups) sums.addRollup(rollup);
  return sums.rises();
}
