import type { Stream } from './streams.ts';

/**
 * The largest MQTT packet, in bytes, that the broker and the bridge accept. Brokers
 * disconnect a client that sends a larger one, and it reconnects and sends it again; so this is
 * far above anything that devices and gateways send, and only limits memory.
 */
export const maxMqttPacketBytes = 16 * 1024 * 1024;

/**
 * The most bytes of a payload that a dead letter keeps: with its headers it fits into a
 * record (see `maxMessageBytes` of the topics).
 */
export const maxLetterPayloadBytes = 1280 * 1024;

/**
 * The MQTT topic of a device's canonical readings, such as `homelab/energy/meter-1`.
 * Characters of the id with a special meaning in MQTT are percent-encoded.
 */
export function canonicalMqttTopic(stream: Stream, deviceId: string): string {
  return `homelab/${stream}/${encodeURIComponent(deviceId)}`;
}
