import { median } from '../time/median.ts';
import { dayMs } from '../time/units.ts';
import { mostRise } from './counter-rules.ts';
import type { CounterRules } from './counter-rules.ts';

/** What a counter showed at a time, in milliseconds since 1970. */
export interface CounterReading {
  atMs: number;
  value: number;
}

/**
 * What was counted between two readings. Its amount is spread evenly over its time: that is
 * the same as interpolating the counter between the readings.
 */
export interface Increment {
  fromMs: number;
  toMs: number;
  amount: number;
  /** The counter was silent, restarted or jumped: the amount or its spread is a guess. */
  estimated: boolean;
  /** Share of its time in which the counter was read as often as usual, 0 to 1. */
  coverage: number;
}

/** The counter went on from another value: it was reset, or the meter was replaced. */
export interface CounterReset {
  atMs: number;
  before: number;
  after: number;
}

/** What is remembered of a counter between readings; its size is bounded. */
export interface CounterState {
  /** The last accepted reading; a value that jitters below its highest is that highest. */
  last: CounterReading | null;
  /** A reading that does not follow from `last`; the next one says whether it is true. */
  held: CounterReading | null;
  /** The last few times between readings. */
  spacingsMs: readonly number[];
}

export const initialCounter: CounterState = {
  last: null,
  held: null,
  spacingsMs: [],
};

export interface CounterStep {
  state: CounterState;
  increments: readonly Increment[];
  resets: readonly CounterReset[];
}

/** What a row of a rollup knows of the readings behind a reading that was taken from it. */
export interface RowContext {
  /** Time from the first to the last reading of the row, and the steps between them. */
  spanMs: number;
  steps: number;
  /** The row shows that the counter did restart here. */
  isRestart: boolean;
}

const keptSpacings = 5;
/** A gap is longer than so many usual intervals. */
const gapIntervals = 3;
const none: readonly never[] = [];

/**
 * Takes one reading of a counter. Readings that are no later than one already seen change
 * nothing. A reading is accepted if it rose by no more than is possible since the last one;
 * a fall within the jitter counts as no rise and keeps the high mark; near a modulus, a fall is
 * a rollover. Any other reading is held until the next one: if that follows from the last
 * accepted one, the held one was a glitch; if it follows from the held one, the counter jumped
 * or was reset.
 */
export function stepCounter(
  state: CounterState,
  reading: CounterReading,
  rules: CounterRules,
  row?: RowContext,
): CounterStep {
  const { last, held } = state;
  const newest = held ?? last;
  const isNews = newest === null || reading.atMs > newest.atMs;
  const isReadable = Number.isFinite(reading.value) && reading.value >= 0;
  if (!isNews || !isReadable) return { state, increments: none, resets: none };
  const seen = { ...state, held: null };
  if (last === null) {
    return {
      state: { ...seen, last: reading },
      increments: none,
      resets: none,
    };
  }
  if (row?.isRestart === true && held === null) {
    return restart(seen, last, reading, rules);
  }
  const rise = riseTo(last, reading, rules);
  if (rise !== undefined) {
    return accept(seen, { last, reading, rise, rules, row });
  }
  const agreeing = held === null ? undefined : riseTo(held, reading, rules);
  if (held === null || agreeing === undefined) {
    return {
      state: { ...seen, held: reading },
      increments: none,
      resets: none,
    };
  }
  const bridged = bridge(seen, last, held, rules);
  const accepted = accept(bridged.state, {
    last: held,
    reading,
    rise: agreeing,
    rules,
    row,
  });
  return {
    state: accepted.state,
    increments: [...bridged.increments, ...accepted.increments],
    resets: bridged.resets,
  };
}

/** By how much a counter rose between two readings; `undefined` if it cannot have. */
function riseTo(
  last: CounterReading,
  reading: CounterReading,
  rules: CounterRules,
): number | undefined {
  const rise = reading.value - last.value;
  const most = mostRise(rules, reading.atMs - last.atMs);
  if (rise >= 0) return rise <= most ? rise : undefined;
  if (rise >= -rules.jitter) return 0;
  for (const modulus of rules.moduli) {
    const rolledOver = modulus + rise;
    if (
      last.value >= 0.9 * modulus &&
      last.value <= modulus &&
      rolledOver <= most
    ) {
      return rolledOver;
    }
  }
  return undefined;
}

interface Accepted {
  last: CounterReading;
  reading: CounterReading;
  rise: number;
  rules: CounterRules;
  row: RowContext | undefined;
}

function accept(state: CounterState, step: Accepted): CounterStep {
  const { last, reading, rise, rules, row } = step;
  const elapsedMs = reading.atMs - last.atMs;
  const spacingMs =
    row === undefined ? elapsedMs : row.spanMs / Math.max(1, row.steps);
  const spacingsMs = [...state.spacingsMs, spacingMs].slice(-keptSpacings);
  const span = row ?? { spanMs: elapsedMs, steps: 1 };
  const coverage =
    span.spanMs <= rules.minGapMs ? 1 : coverageOf(span, spacingsMs, rules);
  const jittered = reading.value < last.value && rise === 0;
  return {
    state: {
      ...state,
      last: jittered ? { atMs: reading.atMs, value: last.value } : reading,
      spacingsMs,
    },
    increments: [
      {
        fromMs: last.atMs,
        toMs: reading.atMs,
        amount: rise,
        estimated: coverage < 1,
        coverage,
      },
    ],
    resets: none,
  };
}

/** Which share of a time was read; one that misses less than a gap misses nothing. */
function coverageOf(
  { spanMs, steps }: { spanMs: number; steps: number },
  spacingsMs: readonly number[],
  rules: CounterRules,
): number {
  const isWhole = (intervalMs: number) => {
    const maxGapMs = Math.max(rules.minGapMs, gapIntervals * intervalMs);
    return spanMs - steps * intervalMs <= maxGapMs - intervalMs;
  };
  // What is whole at the shortest interval is so at any longer one, which saves the median.
  if (isWhole(rules.intervalMs ?? Math.min(...spacingsMs))) return 1;
  const intervalMs = rules.intervalMs ?? median(spacingsMs) ?? spanMs;
  if (isWhole(intervalMs)) return 1;
  return steps === 1 ? 0 : (steps * intervalMs) / spanMs;
}

/** From the last accepted reading to a held one that the next reading confirmed. */
function bridge(
  state: CounterState,
  last: CounterReading,
  held: CounterReading,
  rules: CounterRules,
): CounterStep {
  const rise = held.value - last.value;
  // More than a day at full power in one step is another meter, not use.
  const isJump = rise > 0 && rise <= mostRise(rules, dayMs);
  if (!isJump) return restart(state, last, held, rules);
  return {
    state: { ...state, last: held },
    increments: [guess(last, held, rise)],
    resets: none,
  };
}

/** What was counted before the restart is lost; what the counter shows since is known. */
function restart(
  state: CounterState,
  last: CounterReading,
  reading: CounterReading,
  rules: CounterRules,
): CounterStep {
  const isFromZero =
    reading.value < last.value &&
    reading.value <= mostRise(rules, reading.atMs - last.atMs);
  return {
    state: { ...state, last: reading },
    increments: [guess(last, reading, isFromZero ? reading.value : 0)],
    resets: [{ atMs: reading.atMs, before: last.value, after: reading.value }],
  };
}

function guess(
  last: CounterReading,
  reading: CounterReading,
  amount: number,
): Increment {
  return {
    fromMs: last.atMs,
    toMs: reading.atMs,
    amount,
    estimated: true,
    coverage: 0,
  };
}
