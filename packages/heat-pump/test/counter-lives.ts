import fc from 'fast-check';
import { hourMs, minuteMs } from '../src/time/units.ts';
import { mostRise } from '../src/counters/counter-rules.ts';
import type { CounterRules } from '../src/counters/counter-rules.ts';
import type { CounterRollup } from '../src/counters/rollup-readings.ts';
import type { CounterReading } from '../src/counters/step-counter.ts';

/** A counter read once a minute, of something that never uses more than 8 kW. */
export const testRules: CounterRules = {
  maxPerHour: 10,
  slack: 0.1,
  jitter: 0.5,
  moduli: [],
  intervalMs: minuteMs,
  minGapMs: 90_000,
};

/** One step of a random life of a counter. */
export interface LifeStep {
  minutes: number;
  kw: number;
  happens: 'nothing' | 'reset' | 'dip' | 'spike' | 'jitter' | 'twice' | 'late';
}

const happenings = fc.oneof(
  { weight: 12, arbitrary: fc.constant('nothing' as const) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'reset' as const,
      'dip' as const,
      'spike' as const,
      'jitter' as const,
      'twice' as const,
      'late' as const,
    ),
  },
);

/** Up to some days of a counter: mostly a reading a minute, now and then a silence. */
export const lifeArbitrary: fc.Arbitrary<LifeStep[]> = fc.array(
  fc.record({
    minutes: fc.oneof(
      { weight: 20, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.integer({ min: 2, max: 200 }) },
    ),
    kw: fc.double({ min: 0, max: 8, noNaN: true }),
    happens: happenings,
  }),
  { minLength: 2, maxLength: 900, size: 'max' },
);

/** What a counter went through, for a naive reference to count. */
export interface Life {
  /** The true readings in the order of time. */
  truth: (CounterReading & { isRestart: boolean })[];
  /** What arrived, in the order of arrival: with glitches, repetitions and late messages. */
  arrived: CounterReading[];
}

/** A false reading between two true ones; jitter and spikes come in different hours. */
function glitchOf(
  happens: LifeStep['happens'],
  before: CounterReading,
  after: CounterReading,
): CounterReading | undefined {
  const middleMs = (before.atMs + after.atMs) / 2;
  const hour = Math.floor(after.atMs / hourMs) % 4;
  // A row whose last reading is false does not show its last true one.
  const isInside =
    Math.floor(before.atMs / hourMs) === Math.floor(after.atMs / hourMs);
  if (!isInside) return undefined;
  switch (happens) {
    case 'dip':
      return hour % 2 === 0 ? { atMs: middleMs, value: 0 } : undefined;
    case 'spike':
      return hour === 0
        ? { atMs: middleMs, value: before.value + 5_000 }
        : undefined;
    case 'jitter':
      return hour === 2
        ? { atMs: before.atMs + 1, value: before.value - 0.4 }
        : undefined;
    default:
      return undefined;
  }
}

/**
 * Lives through the steps. Glitches come in even hours and resets in odd ones, and a reset
 * only from a value that no hour of use can reach again: rules cannot tell more either.
 */
export function live(steps: readonly LifeStep[], startMs: number): Life {
  const life: Life = { truth: [], arrived: [] };
  let atMs = startMs;
  let value = 1_000;
  for (const { minutes: wanted, kw, happens } of steps) {
    // In a long silence it could pass its former value, and nobody could tell.
    const minutes = life.truth.at(-1)?.isRestart ? 1 : wanted;
    const elapsedMs = minutes * minuteMs;
    const isOddHour = Math.floor((atMs + elapsedMs) / hourMs) % 2 === 1;
    atMs += elapsedMs;
    value += (kw * elapsedMs) / hourMs;
    const canReset = value > 2 * mostRise(testRules, elapsedMs + hourMs);
    const isRestart = happens === 'reset' && isOddHour && canReset;
    // Few counters go on from more than they can have counted since.
    if (isRestart) value = kw > 7 ? kw : kw / 100;
    life.truth.push({ atMs, value, isRestart });

    const isBigEnough = minutes === 1 && value > 20;
    const before = life.truth.at(-2);
    if (isBigEnough && before !== undefined) {
      const glitch = glitchOf(happens, before, { atMs, value });
      if (glitch !== undefined) life.arrived.push(glitch);
    }
    life.arrived.push({ atMs, value });
    if (happens === 'twice') life.arrived.push({ atMs, value });
    const earlier = life.truth.at(-3);
    if (happens === 'late' && earlier !== undefined) {
      life.arrived.push({ atMs: earlier.atMs + 2, value: earlier.value });
    }
  }
  return life;
}

/** Rolls up readings of any order by hours of UTC, as the database does. */
export function rollUp(readings: readonly CounterReading[]): CounterRollup[] {
  const byTime = new Map(readings.map(({ atMs, value }) => [atMs, value]));
  const rows = new Map<number, CounterRollup>();
  for (const [atMs, value] of [...byTime].sort(([a], [b]) => a - b)) {
    const hour = Math.floor(atMs / hourMs);
    const row = rows.get(hour) ?? {
      first: value,
      firstAtMs: atMs,
      last: value,
      lastAtMs: atMs,
      min: value,
      minAtMs: atMs,
      max: value,
      maxAtMs: atMs,
      readings: 0,
    };
    row.last = value;
    row.lastAtMs = atMs;
    row.readings += 1;
    if (value < row.min) Object.assign(row, { min: value, minAtMs: atMs });
    if (value >= row.max) Object.assign(row, { max: value, maxAtMs: atMs });
    rows.set(hour, row);
  }
  return [...rows.values()];
}
