import { readReading } from '@homelab/telemetry';
import type { ReadingByStream, Stream } from '@homelab/telemetry';

/** A reading of some device, with the stream it belongs to. */
export type SourcedReading = {
  [S in Stream]: {
    stream: S;
    deviceId: string;
    reading: ReadingByStream[S];
    /** When it arrived, or an upper bound, ISO 8601 in UTC. */
    receivedAt: string;
  };
}[Stream];

/** A device id is unique only within its stream. */
export interface DeviceRef {
  stream: Stream;
  deviceId: string;
}

/** Parses an unknown value as a reading of a stream; `undefined` if it is none. */
export function sourcedReading(
  stream: Stream,
  value: unknown,
  receivedAt: string,
): SourcedReading | undefined {
  switch (stream) {
    case 'energy': {
      const read = readReading(stream, value);
      if (!read.ok) return undefined;
      const { reading } = read;
      return { stream, deviceId: reading.device_id, reading, receivedAt };
    }
    case 'heatpump': {
      const read = readReading(stream, value);
      if (!read.ok) return undefined;
      const { reading } = read;
      return { stream, deviceId: reading.device_id, reading, receivedAt };
    }
    case 'temperature': {
      const read = readReading(stream, value);
      if (!read.ok) return undefined;
      const { reading } = read;
      return { stream, deviceId: reading.device_id, reading, receivedAt };
    }
    default:
      return undefined;
  }
}
