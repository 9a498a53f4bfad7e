import { identityOf, kafkaTopics, readReading, streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import type { SourcedReading } from '../sources';

const streamOfTopic = new Map<string, Stream>(
  streams.map(stream => [kafkaTopics[stream], stream]),
);

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Reads the value of a record of a stream's Kafka topic; `undefined` if it is no reading. */
export function readRecord(
  topic: string,
  value: Buffer | null,
): SourcedReading | undefined {
  const stream = streamOfTopic.get(topic);
  if (stream === undefined || value === null) return undefined;
  return sourcedReading(stream, parseJson(value));
}

/** Reads an unknown value as a reading of a stream; `undefined` if it is none. */
export function sourcedReading(
  stream: Stream,
  value: unknown,
): SourcedReading | undefined {
  switch (stream) {
    case 'energy': {
      const read = readReading(stream, value);
      if (!read.ok) return undefined;
      const { deviceId } = identityOf(stream, read.reading);
      return { stream, deviceId, reading: read.reading };
    }
    case 'heatpump': {
      const read = readReading(stream, value);
      if (!read.ok) return undefined;
      const { deviceId } = identityOf(stream, read.reading);
      return { stream, deviceId, reading: read.reading };
    }
    case 'temperature': {
      const read = readReading(stream, value);
      if (!read.ok) return undefined;
      const { deviceId } = identityOf(stream, read.reading);
      return { stream, deviceId, reading: read.reading };
    }
    default:
      return undefined;
  }
}
