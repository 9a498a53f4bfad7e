import {
  deadLetterHeaders,
  deadLetterTopic,
  ingestDeadLetterTopic,
  kafkaTopics,
  maxDeadLetterMessageLength,
  maxDeviceIdLength,
  recordHeaders,
} from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import type { OutgoingRecord } from '@homelab/service-kit';
import type { DeviceMessage, Rejection } from './adapters/adapter.ts';

/**
 * The dead letter of an MQTT message: its original bytes, keyed by the device or, when
 * that is unknown, by the MQTT topic. `stream` is what the message would have been.
 */
export function deadLetterRecord(letter: {
  message: DeviceMessage;
  rejection: Rejection;
  stream: Stream | null | undefined;
}): OutgoingRecord {
  const { message, rejection, stream } = letter;
  const receivedAt = new Date(message.receivedAtMs).toISOString();
  return {
    topic: stream
      ? deadLetterTopic(kafkaTopics[stream])
      : ingestDeadLetterTopic,
    key: keyOf(message, rejection),
    value: bytesOf(message.payload),
    headers: {
      [recordHeaders.mqttTopic]: message.mqttTopic,
      [recordHeaders.receivedAt]: receivedAt,
      [deadLetterHeaders.stage]: 'bridge',
      [deadLetterHeaders.code]: rejection.code,
      [deadLetterHeaders.message]: rejection.message.slice(
        0,
        maxDeadLetterMessageLength,
      ),
      [deadLetterHeaders.originTopic]: 'mqtt',
      [deadLetterHeaders.originTimestamp]: receivedAt,
      [deadLetterHeaders.attempts]: '1',
      [deadLetterHeaders.firstFailedAt]: receivedAt,
      [deadLetterHeaders.lastFailedAt]: receivedAt,
      [deadLetterHeaders.redriveCount]: '0',
    },
  };
}

/** An id that is too long to be one would only swell the record. */
function keyOf({ mqttTopic }: DeviceMessage, { deviceId }: Rejection): string {
  const usable = deviceId !== undefined && deviceId.length <= maxDeviceIdLength;
  return usable ? deviceId : mqttTopic;
}

/** The same bytes as a Buffer, not copied. */
export function bytesOf(payload: Uint8Array): Buffer {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
}
