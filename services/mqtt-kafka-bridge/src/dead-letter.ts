import {
  deadLetterHeaders,
  deadLetterTopic,
  ingestDeadLetterTopic,
  kafkaTopics,
  maxDeadLetterMessageLength,
  maxDeviceIdLength,
  maxLetterPayloadBytes,
  mqttDeliveryHeaders,
  recordHeaders,
} from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import type { OutgoingRecord } from '@homelab/kafka';
import type { DeviceMessage } from './device-message.ts';
import type { Rejection } from './observation.ts';

/**
 * The dead letter of an MQTT message: its original bytes, as many as fit into a record, keyed
 * by the device or, if unknown, by the MQTT topic. `stream` is what the message would have been.
 */
export function deadLetterRecord(letter: {
  message: DeviceMessage;
  rejection: Rejection;
  stream: Stream | null | undefined;
}): OutgoingRecord {
  const { message, rejection, stream } = letter;
  const { receivedAtMs, redrive } = message;
  const receivedAt = new Date(receivedAtMs).toISOString();
  const failedAt = new Date(redrive?.atMs ?? receivedAtMs).toISOString();
  return {
    topic: stream
      ? deadLetterTopic(kafkaTopics[stream])
      : ingestDeadLetterTopic,
    key: keyOf(message, rejection),
    value: bytesOf(message.payload).subarray(0, maxLetterPayloadBytes),
    headers: {
      [recordHeaders.mqttTopic]: message.mqttTopic,
      [recordHeaders.receivedAt]: receivedAt,
      ...deliveryHeaders(message),
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
      [deadLetterHeaders.lastFailedAt]: failedAt,
      [deadLetterHeaders.redriveCount]: String(redrive?.count ?? 0),
    },
  };
}

/** What a redrive needs to read the message as it would have been read originally. */
function deliveryHeaders({
  retained,
  waitedSinceMs,
}: DeviceMessage): Record<string, string> {
  return {
    ...(retained && { [mqttDeliveryHeaders.retained]: 'true' }),
    ...(waitedSinceMs !== undefined && {
      [mqttDeliveryHeaders.waitedSince]: new Date(waitedSinceMs).toISOString(),
    }),
  };
}

/** An id that is too long to be valid would only bloat the record. */
function keyOf({ mqttTopic }: DeviceMessage, { deviceId }: Rejection): string {
  const usable = deviceId !== undefined && deviceId.length <= maxDeviceIdLength;
  return usable ? deviceId : mqttTopic;
}

/** The same bytes as a Buffer, not copied. */
export function bytesOf(payload: Uint8Array): Buffer {
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
}
