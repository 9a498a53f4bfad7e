import { sourcedReading } from '@homelab/heat-pump';
import type { SourcedReading } from '@homelab/heat-pump';
import { headerText } from '@homelab/kafka';
import type { ConsumedRecord } from '@homelab/kafka';
import { recordHeaders } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The arrival according to the bridge; without it, now is the latest possible. */
function receivedAtOf(record: ConsumedRecord, nowMs: number): string {
  const text = headerText(record, recordHeaders.receivedAt);
  const notedMs = text === undefined ? NaN : Date.parse(text);
  const ms = Number.isNaN(notedMs) ? nowMs : Math.min(notedMs, nowMs);
  return new Date(ms).toISOString();
}

/** Parses a record of a stream's Kafka topic; `undefined` if it contains no reading. */
export function readRecord(
  stream: Stream,
  record: ConsumedRecord,
  nowMs: number,
): SourcedReading | undefined {
  if (record.value === null) return undefined;
  return sourcedReading(
    stream,
    parseJson(record.value),
    receivedAtOf(record, nowMs),
  );
}
