import { measurementsOf, readReading } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { ignore, reject } from './observation.ts';
import type { Ignored, Observation, Rejection } from './observation.ts';
import { timestampText } from './payload/read-time.ts';

/** Fields that are not worth a reading by themselves. */
const companionFields: ReadonlySet<string> = new Set([
  'source',
  'rssi',
  'estimated',
  'room',
  'link_quality',
]);

/** The state of a device that did not report one. */
const unknownState = 'unknown';

const measuredFields: Readonly<Record<Stream, ReadonlySet<string>>> = {
  energy: measuredFieldsOf('energy'),
  heatpump: measuredFieldsOf('heatpump'),
  temperature: measuredFieldsOf('temperature'),
};

function measuredFieldsOf(stream: Stream): ReadonlySet<string> {
  return new Set(
    measurementsOf(stream)
      .map(([name]) => name)
      .filter(name => !companionFields.has(name)),
  );
}

/** A validated reading as JSON, absent fields left out. */
export interface FinishedReading {
  readonly kind: 'finished';
  readonly json: string;
  /** How many fields held an implausible number and were dropped. */
  readonly outOfRangeCount: number;
}

/**
 * Validates an observation as a whole reading measured at a time: numbers out of range
 * become `null`. A reading without any measurement is ignored, or rejected when its numbers
 * were implausible.
 */
export function finishReading(
  { stream, deviceId, fields }: Observation,
  measuredAtMs: number,
): FinishedReading | Ignored | Rejection {
  const result = readReading(stream, {
    ...fields,
    timestamp: timestampText(measuredAtMs),
    device_id: deviceId,
  });
  if (!result.ok) return reject(result.code, result.message, deviceId);
  const { reading, outOfRange } = result;
  if (!holdsMeasurement(stream, reading)) {
    return outOfRange.length === 0
      ? ignore('nothing_we_read')
      : reject(
          'no_measurement',
          `The message has no plausible values: ${outOfRange.join(', ')}.`,
          deviceId,
        );
  }
  return {
    kind: 'finished',
    json: JSON.stringify(withoutNulls(reading)),
    outOfRangeCount: outOfRange.length,
  };
}

/** Tells whether a reading has a measurement, not only identity and companion fields. */
export function holdsMeasurement(
  stream: Stream,
  reading: Readonly<Record<string, unknown>>,
): boolean {
  const measured = measuredFields[stream];
  for (const name in reading)
    if (measured.has(name) && isKnown(reading[name])) return true;
  return false;
}

/** Tells whether a message names a measurement, with or without a value. */
export function namesMeasurement(stream: Stream, fields: object): boolean {
  return Object.keys(fields).some(name => measuredFields[stream].has(name));
}

function isKnown(value: unknown): boolean {
  return value !== null && value !== undefined && value !== unknownState;
}

/** Most fields of most readings are absent; a reader takes absence as `null`. */
function withoutNulls(reading: Readonly<Record<string, unknown>>) {
  const present: Record<string, unknown> = {};
  for (const name in reading) {
    const value = reading[name];
    if (value !== null) present[name] = value;
  }
  return present;
}
