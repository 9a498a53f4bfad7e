import {
  kafkaTopics,
  recordHeaders,
  schemaVersion,
  utcMsOf,
} from '@homelab/telemetry';
import type { DeadLetterCode, DeviceFormat, Stream } from '@homelab/telemetry';
import type { OutgoingRecord } from '@homelab/kafka';
import { reject } from './adapters/adapter.ts';
import type {
  AdapterResult,
  DeviceMessage,
  IgnoredReason,
  Rejection,
  StreamReading,
} from './adapters/adapter.ts';
import type { Route, Router } from './adapters/registry.ts';
import { bytesOf, deadLetterRecord } from './dead-letter.ts';

/** What a message may be at most. */
export interface MessageLimits {
  /** A larger payload is dead-lettered unread. */
  readonly maxPayloadBytes: number;
  /** A reading older than this at its arrival is dead-lettered. */
  readonly maxAgeMs: number;
  /** A reading further in the future than this at its arrival is dead-lettered. */
  readonly maxAheadMs: number;
}

/** The Kafka records of one MQTT message, and how it was counted. */
export interface Translation {
  readonly format: DeviceFormat | 'unknown';
  /** One per reading, one for a dead letter, none for an ignored message. */
  readonly records: readonly OutgoingRecord[];
  readonly streams: readonly Stream[];
  readonly outOfRangeCount: number;
  readonly rejected?: DeadLetterCode;
  readonly ignored?: IgnoredReason;
  /** An adapter threw: a defect of ours, worth a look. */
  readonly defect?: unknown;
}

/** Turns an MQTT message into Kafka records. Never throws. */
export type Translate = (message: DeviceMessage) => Translation;

/** Creates the translation of MQTT messages into Kafka records. */
export function createTranslate(deps: {
  router: Router;
  limits: MessageLimits;
}): Translate {
  const { router, limits } = deps;
  const timeText = createTimeText();
  return message => {
    const route = router(message.mqttTopic);
    let result: AdapterResult;
    let defect: unknown;
    try {
      result = read(message, route, limits);
    } catch (error) {
      // One message must never stop all others, whatever the defect is.
      defect = error;
      result = reject(
        'adapter_failed',
        'The adapter failed to read the message.',
      );
    }
    const format = route?.format ?? 'unknown';
    if (result.kind === 'ignored') {
      return {
        format,
        records: [],
        streams: [],
        outOfRangeCount: 0,
        ignored: result.reason,
      };
    }
    if (result.kind === 'rejected') {
      const record = deadLetterRecord({
        message,
        rejection: result,
        stream: route?.stream,
      });
      const rejected = result.code;
      return {
        format,
        records: [record],
        streams: [],
        outOfRangeCount: 0,
        rejected,
        defect,
      };
    }
    const receivedAt = timeText(message.receivedAtMs);
    return {
      format,
      records: result.readings.map(each =>
        readingRecord(each, message, receivedAt),
      ),
      streams: result.readings.map(({ stream }) => stream),
      outOfRangeCount: result.outOfRangeCount,
    };
  };
}

function read(
  message: DeviceMessage,
  route: Route | undefined,
  limits: MessageLimits,
): AdapterResult {
  if (route === undefined) {
    return reject(
      'mqtt_topic_unknown',
      'No device format is known for the MQTT topic.',
    );
  }
  if (message.payload.length > limits.maxPayloadBytes) {
    return reject(
      'payload_too_large',
      `The payload has ${message.payload.length} bytes, more than ${limits.maxPayloadBytes}.`,
    );
  }
  const result = route.adapter(message);
  return (
    (result.kind === 'readings' &&
      outsideOfWindow(result.readings, message, limits)) ||
    result
  );
}

function outsideOfWindow(
  readings: readonly StreamReading[],
  { receivedAtMs }: DeviceMessage,
  { maxAgeMs, maxAheadMs }: MessageLimits,
): Rejection | undefined {
  for (const each of readings) {
    const { timestamp } = each.reading;
    const ageMs = receivedAtMs - (utcMsOf(timestamp) ?? Date.parse(timestamp));
    if (ageMs <= maxAgeMs && -ageMs <= maxAheadMs) continue;
    return reject(
      'timestamp_out_of_window',
      ageMs > 0 ? 'The reading is too old.' : 'The reading is in the future.',
      each.reading.device_id,
    );
  }
  return undefined;
}

function readingRecord(
  each: StreamReading,
  message: DeviceMessage,
  receivedAt: string,
): OutgoingRecord {
  return {
    topic: kafkaTopics[each.stream],
    key: each.reading.device_id,
    value:
      each.json === undefined
        ? JSON.stringify(withoutNulls(each.reading))
        : bytesOf(each.json),
    headers: {
      [recordHeaders.mqttTopic]: message.mqttTopic,
      [recordHeaders.receivedAt]: receivedAt,
      [recordHeaders.schemaVersion]: schemaVersion,
    },
  };
}

/** ISO 8601 of a time; many messages are received in the same millisecond. */
function createTimeText(): (atMs: number) => string {
  let lastMs = NaN;
  let text = '';
  return atMs => {
    if (atMs !== lastMs) text = new Date(atMs).toISOString();
    lastMs = atMs;
    return text;
  };
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
