import type { Stream } from './streams.ts';

/**
 * The largest MQTT packet the broker takes, in bytes: room for a payload of 1 MiB, and
 * small enough for a dead letter with its headers (see `maxMessageBytes` of the topics).
 */
export const maxMqttPacketBytes = 1280 * 1024;

/**
 * The MQTT topic of a device's canonical readings, such as `homelab/energy/meter-1`.
 * Characters of the id that mean something to MQTT are percent-encoded.
 */
export function canonicalMqttTopic(stream: Stream, deviceId: string): string {
  return `homelab/${stream}/${encodeURIComponent(deviceId)}`;
}
