import { measurementsOf, readReading, streams } from '@homelab/telemetry';
import type { ReadingByStream, Stream } from '@homelab/telemetry';
import { reject } from './adapter.ts';
import type { AdapterResult, StreamReading } from './adapter.ts';

/** Says nothing about the house by itself. */
const companionFields: ReadonlySet<string> = new Set([
  'source',
  'rssi',
  'estimated',
  'room',
  'link_quality',
]);

/** The state of a device that did not tell its state. */
const unknownState = 'unknown';

const measuredFields = Object.fromEntries(
  streams.map(stream => [
    stream,
    measurementsOf(stream)
      .map(([name]) => name)
      .filter(name => !companionFields.has(name)),
  ]),
);

/**
 * Turns what an adapter found into a checked reading: numbers out of range become
 * `null`, a reading that holds no measurement at all is rejected.
 */
export function finishReading(
  stream: Stream,
  candidate: Readonly<Record<string, unknown>>,
  deviceId?: string,
): AdapterResult {
  const result = readReading(stream, candidate);
  if (!result.ok) return reject(result.code, result.message, deviceId);
  const fields: Readonly<Record<string, unknown>> = result.reading;
  if (!measuredFields[stream]?.some(name => isKnown(fields[name]))) {
    return reject(
      'no_measurement',
      'The message holds no measurement.',
      deviceId,
    );
  }
  return {
    kind: 'readings',
    readings: [streamReading(stream, result.reading)],
    outOfRangeCount: result.outOfRange.length,
  };
}

/** Tells whether a message was read well and holds nothing but identity. */
export function hasNoMeasurement(result: AdapterResult): boolean {
  return result.kind === 'rejected' && result.code === 'no_measurement';
}

function isKnown(value: unknown): boolean {
  return value !== null && value !== unknownState;
}

function streamReading<S extends Stream>(
  stream: S,
  reading: ReadingByStream[S],
): StreamReading {
  // The pair keeps together what TypeScript cannot follow through S.
  return { stream, reading } as StreamReading;
}
