import { mostRise } from './counter-rules.ts';
import type { CounterRules } from './counter-rules.ts';
import type { CounterReading, RowContext } from './step-counter.ts';

/**
 * A counter over one bucket of a rollup: its first and last reading and its extremes. Times are
 * milliseconds since 1970.
 */
export interface CounterRollup {
  first: number;
  firstAtMs: number;
  last: number;
  lastAtMs: number;
  min: number;
  /** The first time at which it had its minimum; `null` if the rollup does not keep it. */
  minAtMs: number | null;
  max: number;
  /** The last time at which it had its maximum; `null` if the rollup does not keep it. */
  maxAtMs: number | null;
  /** How many readings of the counter the bucket holds. */
  readings: number;
}

/** A reading that stands for those of a row, and what the row knows beside it. */
export interface RollupReading extends CounterReading {
  row: RowContext | undefined;
}

/**
 * The readings of a row that decide what was counted: the first and the last, before the last
 * the highest if the counter fell a little since, and at a restart the highest before and the
 * lowest after it. Spikes and dips in between are left out. From them `stepCounter` counts
 * the same as from all readings of the row, if the counter restarted no more than once and did
 * not pass its former highest since. If the last reading is false, what the row counted is
 * spread until the next row.
 */
export function rollupReadings(
  rollup: CounterRollup,
  rules: CounterRules,
): readonly RollupReading[] {
  const row: RowContext = {
    spanMs: rollup.lastAtMs - rollup.firstAtMs,
    steps: rollup.readings - 1,
    isRestart: false,
  };
  const first = { atMs: rollup.firstAtMs, value: rollup.first, row: undefined };
  const last = { atMs: rollup.lastAtMs, value: rollup.last, row };
  const { highest, lowest } = extremesOf(rollup);

  if (isRestart(rollup, highest, lowest, rules)) {
    const isRestartSure = lowest.atMs < rollup.lastAtMs;
    return [
      first,
      { ...highest, row },
      { ...lowest, row: { ...row, isRestart: isRestartSure } },
      last,
    ];
  }
  if (rollup.last < rollup.first - rules.jitter) {
    return [first, { ...lowest, row }, last];
  }
  const fell = rollup.max - rollup.last;
  return fell > 0 && fell <= rules.jitter
    ? [first, { ...highest, row }, last]
    : [first, last];
}

interface Extremes {
  highest: CounterReading;
  lowest: CounterReading;
}

/** Without their times, the extremes are taken to be neighbours in the middle of the bucket. */
function extremesOf(rollup: CounterRollup): Extremes {
  const middleMs = (rollup.firstAtMs + rollup.lastAtMs) / 2;
  const { minAtMs, maxAtMs } = rollup;
  return {
    highest: { atMs: maxAtMs ?? middleMs, value: rollup.max },
    lowest: { atMs: minAtMs ?? middleMs + 1, value: rollup.min },
  };
}

/**
 * Whether the counter rose to its highest, restarted at its lowest and rose again. A dip leaves
 * the highest at the end, a spike the lowest at the start.
 */
function isRestart(
  rollup: CounterRollup,
  highest: CounterReading,
  lowest: CounterReading,
  rules: CounterRules,
): boolean {
  const areTimesKnown = rollup.minAtMs !== null && rollup.maxAtMs !== null;
  if (!areTimesKnown && rollup.last >= rollup.first - rules.jitter) {
    return false;
  }
  const most = (fromMs: number, toMs: number) => mostRise(rules, toMs - fromMs);
  return (
    highest.atMs < lowest.atMs &&
    lowest.value < rollup.first - rules.jitter &&
    highest.value - rollup.first <= most(rollup.firstAtMs, highest.atMs) &&
    rollup.last - lowest.value <= most(lowest.atMs, rollup.lastAtMs)
  );
}
