import type { ConsumedRecord } from '@homelab/kafka';
import {
  deadLetterHeaders,
  mqttDeliveryHeaders,
  recordHeaders,
} from '@homelab/telemetry';
import type { DeviceMessage } from './device-message.ts';

/** The latest time that a `Date` can hold. */
const latestMs = 8.64e15;

/**
 * The message as it originally came from MQTT. It keeps its receive time, so that a reading
 * without a time of its own is the same whenever it is read.
 */
export function redrivenMessage(
  record: ConsumedRecord,
  atMs: number,
): DeviceMessage {
  const text = (name: string) => record.headers[name]?.toString('utf8') ?? '';
  const receivedAtMs = [
    Date.parse(text(recordHeaders.receivedAt)),
    // Kafka allows any 64 bits here, and uses -1 for none.
    record.timestampMs,
  ].find(timeMs => timeMs >= 0 && timeMs <= latestMs);
  const waitedSinceMs = Date.parse(text(mqttDeliveryHeaders.waitedSince));
  const count = text(deadLetterHeaders.redriveCount);
  return {
    mqttTopic: text(recordHeaders.mqttTopic),
    payload: record.value ?? Buffer.alloc(0),
    retained: text(mqttDeliveryHeaders.retained) === 'true',
    receivedAtMs: receivedAtMs ?? atMs,
    ...(!Number.isNaN(waitedSinceMs) && { waitedSinceMs }),
    redrive: { count: /^\d{1,9}$/.test(count) ? Number(count) : 1, atMs },
  };
}
