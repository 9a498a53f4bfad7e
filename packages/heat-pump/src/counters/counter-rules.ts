import { measurements } from '@homelab/telemetry';
import { minuteMs } from '../time/units.ts';

/** What a counter can do. Amounts are in its own unit: kWh, hours or starts. */
export interface CounterRules {
  /** The most that it can rise in an hour; kW for a counter of kWh. */
  maxPerHour: number;
  /** A rise that is accepted however short the time, for rounding and coarse steps. */
  slack: number;
  /** A fall up to this is noise of the last digit. */
  jitter: number;
  /** Values at which such counters start again at 0. */
  moduli: readonly number[];
  /** How often it is read, in milliseconds; `null` to learn it from the readings. */
  intervalMs: number | null;
  /** No shorter silence is a gap, however often it is read, in milliseconds. */
  minGapMs: number;
}

/** Five, six digits of kWh, and 32 bits of Wh. */
const energyModuli = [1e5, 1e6, 2 ** 32 / 1000];
const common = { jitter: 0.5, intervalMs: null, minGapMs: 90_000 } as const;

/** A counter of kWh that cannot rise faster than `maxKw`; meters of heat pumps may count whole kWh. */
function energyCounter(maxKw: number, slackKwh: number): CounterRules {
  return {
    ...common,
    maxPerHour: maxKw,
    slack: slackKwh,
    moduli: energyModuli,
  };
}

/** Controllers count whole hours in 16 bits or in five digits. */
const hoursCounter: CounterRules = {
  ...common,
  maxPerHour: 1,
  slack: 1,
  moduli: [2 ** 16, 1e5],
};

/** No compressor starts more often than every four minutes; most refuse before ten. */
const startsCounter: CounterRules = {
  ...common,
  maxPerHour: 15,
  slack: 1,
  moduli: [2 ** 16, 1e5],
};

const rules = {
  energy: {
    total_energy_kwh: energyCounter(measurements.energy.power_kw.max, 0.1),
    total_production_kwh: energyCounter(
      measurements.energy.production_power_kw.max,
      0.1,
    ),
  },
  heatpump: {
    total_consumed_kwh: energyCounter(
      measurements.heatpump.power_consumption_kw.max,
      1,
    ),
    total_heat_kwh: energyCounter(measurements.heatpump.heat_output_kw.max, 1),
    runtime_compressor_h: hoursCounter,
    runtime_hot_water_h: hoursCounter,
    runtime_aux_3kw_h: hoursCounter,
    runtime_aux_6kw_h: hoursCounter,
    compressor_starts: startsCounter,
  },
} as const satisfies Record<string, Record<string, CounterRules>>;

/** The streams that have counters, and the names of these. */
export type CounterStream = keyof typeof rules;
export type CounterField<S extends CounterStream> = keyof (typeof rules)[S] &
  string;

/**
 * The rules of a counter of the measurement registry: energy rises no faster than the greatest
 * plausible power of its stream. `known` is what is known better of one device, such as its
 * main fuse or how often it is read.
 */
export function counterRules<S extends CounterStream>(
  stream: S,
  field: CounterField<S>,
  known: Partial<CounterRules> = {},
): CounterRules {
  const found: Record<string, CounterRules> = rules[stream];
  const base = found[field];
  if (base === undefined) {
    throw new Error(`${stream} has no counter ${field}.`);
  }
  return { ...base, ...known };
}

/** The most that a counter can have risen in a time. */
export function mostRise(counter: CounterRules, elapsedMs: number): number {
  return (counter.maxPerHour * elapsedMs) / (60 * minuteMs) + counter.slack;
}
