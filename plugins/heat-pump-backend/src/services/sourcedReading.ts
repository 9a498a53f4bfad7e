import { readReading } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import type { SourcedReading } from './sources';

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
