import { kafkaTopics, streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { sourcedReading } from '../sourcedReading';
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
