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

const measuredFields: Readonly<Record<string, ReadonlySet<string>>> =
  Object.fromEntries(
    streams.map(stream => [
      stream,
      new Set(
        measurementsOf(stream)
          .map(([name]) => name)
          .filter(name => !companionFields.has(name)),
      ),
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
  if (!holdsMeasurement(stream, result.reading)) {
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

/** Tells whether a reading says anything of the house, and not only who speaks. */
export function holdsMeasurement(
  stream: Stream,
  reading: Readonly<Record<string, unknown>>,
): boolean {
  const measured = measuredFields[stream];
  for (const name in reading)
    if (measured?.has(name) && isKnown(reading[name])) return true;
  return false;
}

function isKnown(value: unknown): boolean {
  return value !== null && value !== undefined && value !== unknownState;
}

function streamReading<S extends Stream>(
  stream: S,
  reading: ReadingByStream[S],
): StreamReading {
  // The pair keeps together what TypeScript cannot follow through S.
  return { stream, reading } as StreamReading;
}
