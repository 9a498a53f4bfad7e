import type { OutgoingRecord } from '@homelab/kafka';
import {
  kafkaTopics,
  maxLetterPayloadBytes,
  recordHeaders,
  schemaVersion,
} from '@homelab/telemetry';
import type { DeadLetterCode, Stream } from '@homelab/telemetry';
import { recordsOf } from './assembler/observed-field.ts';
import { bytesOf, deadLetterRecord } from './dead-letter.ts';
import type { DeviceMessage } from './device-message.ts';
import type { Dialect, Lifetimes } from './dialects/define-dialect.ts';
import { finishReading } from './finish-reading.ts';
import { ignore, reject } from './observation.ts';
import type {
  Ignored,
  IgnoredReason,
  Observation,
  Rejection,
} from './observation.ts';
import { timestampText } from './payload/read-time.ts';
import type { DialectRoute, Router } from './router.ts';

/** The limits of a message. */
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
  /** Name of the dialect; `unknown` when none reads the MQTT topic. */
  readonly format: string;
  /** One per reading, one for a dead letter, none for an ignored message. */
  readonly records: readonly OutgoingRecord[];
  readonly streams: readonly Stream[];
  readonly outOfRangeCount: number;
  readonly rejected?: DeadLetterCode;
  readonly ignored?: IgnoredReason;
  /** An adapter threw, which is a defect of ours. */
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
    const format = route?.dialect.name ?? 'unknown';
    let outcome: Readings | Ignored | Rejection;
    let defect: unknown;
    try {
      outcome = read(message, route, limits, timeText);
    } catch (error) {
      // One message must never stop all others, whatever the defect is.
      defect = error;
      outcome = reject(
        'adapter_failed',
        'The adapter failed to read the message.',
      );
    }
    if (outcome.kind === 'readings') {
      const { records, streams, outOfRangeCount } = outcome;
      return { format, records, streams, outOfRangeCount };
    }
    if (outcome.kind === 'ignored') {
      const ignored = outcome.reason;
      return { format, records: [], streams: [], outOfRangeCount: 0, ignored };
    }
    const record = deadLetterRecord({
      message,
      rejection: outcome,
      stream: route?.stream,
    });
    return {
      format,
      records: [record],
      streams: [],
      outOfRangeCount: 0,
      rejected: outcome.code,
      defect,
    };
  };
}

function tooLarge(bytes: number, maxBytes: number): string {
  const kept =
    bytes > maxLetterPayloadBytes
      ? ` The first ${maxLetterPayloadBytes} are kept.`
      : '';
  return `The payload has ${bytes} bytes, more than ${maxBytes}.${kept}`;
}

interface Readings {
  readonly kind: 'readings';
  readonly records: readonly OutgoingRecord[];
  readonly streams: readonly Stream[];
  readonly outOfRangeCount: number;
}

type TimeText = (atMs: number) => string;

function read(
  message: DeviceMessage,
  route: DialectRoute | undefined,
  limits: MessageLimits,
  timeText: TimeText,
): Readings | Ignored | Rejection {
  if (route === undefined) {
    return reject(
      'mqtt_topic_unknown',
      'No device format is known for the MQTT topic.',
    );
  }
  if (route.unread !== undefined) return ignore(route.unread);
  // The broker forwards the empty message that deletes a retained one.
  if (message.payload.length === 0) return ignore('retained_deleted');
  if (message.payload.length > limits.maxPayloadBytes) {
    return reject(
      'payload_too_large',
      tooLarge(message.payload.length, limits.maxPayloadBytes),
    );
  }
  const result = route.adapter(message);
  if (result.kind !== 'observed') return result;
  return route.lifetimes === undefined
    ? readingsOf(result.observations, message, limits, timeText)
    : statesOf(result.observations, message, route.dialect, route.lifetimes);
}

const isoTimeLength = '2026-01-12T06:31:10.000Z'.length;

/** A retained value may be of any age and is ignored; the next live one counts. */
function statesOf(
  observations: readonly Observation[],
  message: DeviceMessage,
  dialect: Dialect,
  lifetimes: Lifetimes,
): Readings | Ignored | Rejection {
  if (message.retained) return ignore('retained_without_time');
  // A redriven message may claim any receive time, which is the only time here.
  if (timestampText(message.receivedAtMs)?.length !== isoTimeLength) {
    return reject(
      'timestamp_invalid',
      'The receive time of the message is after the year 9999.',
    );
  }
  return {
    kind: 'readings',
    records: observations.flatMap(observation =>
      recordsOf(observation, {
        dialect: dialect.name,
        receivedAtMs: message.receivedAtMs,
        lifetimes,
      }),
    ),
    streams: observations.map(({ stream }) => stream),
    outOfRangeCount: 0,
  };
}

/**
 * Sends all readings of a message or none. A sensor without a plausible value does not
 * suppress the others of its device.
 */
function readingsOf(
  observations: readonly Observation[],
  message: DeviceMessage,
  limits: MessageLimits,
  timeText: TimeText,
): Readings | Ignored | Rejection {
  const records: OutgoingRecord[] = [];
  const streams: Stream[] = [];
  let outOfRangeCount = 0;
  let empty: Ignored | Rejection | undefined;
  const receivedAt = timeText(message.receivedAtMs);
  for (const observation of observations) {
    const measuredAtMs = observation.measuredAtMs ?? message.receivedAtMs;
    if (observation.measuredAtMs === undefined && message.retained)
      return ignore('retained_without_time');
    const outside = outsideOfWindow(observation, measuredAtMs, message, limits);
    if (outside !== undefined) return outside;
    let value: string | Buffer;
    if (observation.json === undefined) {
      const finished = finishReading(observation, measuredAtMs);
      if (finished.kind !== 'finished') {
        if (finished.kind === 'rejected' && finished.code !== 'no_measurement')
          return finished;
        if (empty?.kind !== 'rejected') empty = finished;
        continue;
      }
      outOfRangeCount += finished.outOfRangeCount;
      value = finished.json;
    } else value = bytesOf(observation.json);
    streams.push(observation.stream);
    records.push(readingRecord(observation, value, message, receivedAt));
  }
  if (records.length > 0)
    return { kind: 'readings', records, streams, outOfRangeCount };
  return empty ?? ignore('nothing_we_read');
}

function outsideOfWindow(
  { deviceId }: Observation,
  measuredAtMs: number,
  { receivedAtMs }: DeviceMessage,
  { maxAgeMs, maxAheadMs }: MessageLimits,
): Rejection | undefined {
  const ageMs = receivedAtMs - measuredAtMs;
  if (ageMs <= maxAgeMs && -ageMs <= maxAheadMs) return undefined;
  return reject(
    'timestamp_out_of_window',
    ageMs > 0 ? 'The reading is too old.' : 'The reading is in the future.',
    deviceId,
  );
}

function readingRecord(
  { stream, deviceId }: Observation,
  value: string | Buffer,
  { mqttTopic }: DeviceMessage,
  receivedAt: string,
): OutgoingRecord {
  return {
    topic: kafkaTopics[stream],
    key: deviceId,
    value,
    headers: {
      [recordHeaders.mqttTopic]: mqttTopic,
      [recordHeaders.receivedAt]: receivedAt,
      [recordHeaders.schemaVersion]: schemaVersion,
    },
  };
}

/** ISO 8601 of a time; many messages are received in the same millisecond. */
function createTimeText(): TimeText {
  let lastMs = NaN;
  let text = '';
  return atMs => {
    if (atMs !== lastMs) text = new Date(atMs).toISOString();
    lastMs = atMs;
    return text;
  };
}
