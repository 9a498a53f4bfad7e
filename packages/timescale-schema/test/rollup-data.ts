import { measurementsOf } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import type { Measurement } from '@homelab/telemetry';
import type { TestReading } from './rollup-reference.ts';

/** A number from 0 up to 1. */
export type Random = () => number;

const minuteMs = 60_000;
/** Sums of such numbers are exact in whatever order they are added. */
const grain = 64;

/**
 * Readings of a device about every ten minutes, with gaps of some hours, fields that are
 * missing and counters that are reset.
 */
export function* randomReadings(
  random: Random,
  options: { stream: Stream; device: string; fromMs: number; untilMs: number },
): Generator<TestReading> {
  const { stream, device, fromMs, untilMs } = options;
  const counters = new Map<string, number>();
  let timeMs = fromMs + Math.floor(random() * minuteMs);
  while (timeMs < untilMs) {
    yield randomReading(random, { stream, device, timeMs, counters });
    const isGap = random() < 0.01;
    const stepMs = (isGap ? 360 : 1 + random() * 20) * minuteMs;
    timeMs += Math.floor(stepMs);
  }
}

/** One reading with random values; a correction of the reading of that time as well. */
export function randomReading(
  random: Random,
  at: {
    stream: Stream;
    device: string;
    timeMs: number;
    counters?: Map<string, number>;
  },
): TestReading {
  const fields = measurementsOf(at.stream).map(([field, measurement]) => [
    field,
    random() < 0.15
      ? null
      : randomValue(random, measurement, field, at.counters ?? new Map()),
  ]);
  return {
    device_id: at.device,
    timeMs: at.timeMs,
    ...Object.fromEntries(fields),
  };
}

function randomValue(
  random: Random,
  measurement: Measurement,
  field: string,
  counters: Map<string, number>,
) {
  switch (measurement.kind) {
    case 'gauge': {
      const { min, max } = measurement;
      return Math.round((min + random() * (max - min)) * grain) / grain;
    }
    case 'counter': {
      const before = counters.get(field) ?? Math.floor(random() * 1_000);
      // Standing still is usual: of equal values the time decides.
      const rise = random() < 0.5 ? 0 : Math.floor(random() * grain) / grain;
      const value = random() < 0.02 ? 0 : before + rise;
      counters.set(field, value);
      return value;
    }
    case 'flag':
      return random() < 0.5;
    case 'state':
      return (
        measurement.states[Math.floor(random() * measurement.states.length)] ??
        null
      );
    case 'text':
      return 'some text';
    case 'list':
      return random() < 0.7 ? [] : ['one'];
  }
}
