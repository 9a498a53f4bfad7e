import { energyMeasurements } from './measurements-energy.ts';
import { heatpumpMeasurements } from './measurements-heatpump.ts';
import { temperatureMeasurements } from './measurements-temperature.ts';
import type { Stream } from './streams.ts';
import type { Measurement } from './measurement.ts';

/**
 * The measurement registry: for every field of every stream its label, unit,
 * decimals, valid range and colour. Schemas, table columns, charts and pages read it.
 */
export const measurements = {
  energy: energyMeasurements,
  heatpump: heatpumpMeasurements,
  temperature: temperatureMeasurements,
} as const satisfies Record<Stream, Record<string, Measurement>>;

/** The field names of a stream's measurements. */
export type MeasurementName<S extends Stream> = keyof (typeof measurements)[S] &
  string;

/** The measurements of one stream as `[field, measurement]` pairs, in registry order. */
export function measurementsOf(
  stream: Stream,
): readonly (readonly [string, Measurement])[] {
  return Object.entries(measurements[stream]);
}
