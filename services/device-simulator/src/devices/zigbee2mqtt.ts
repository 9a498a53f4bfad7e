import type { Climate } from './climate.ts';
import { deviceMqttTopic } from './device-message.ts';
import type { DeviceMessage } from './device-message.ts';

/** The state that Zigbee2MQTT publishes for a climate sensor. */
export interface Zigbee2MqttPayload {
  battery: number;
  humidity: number;
  /** ISO 8601, UTC. */
  last_seen: string;
  linkquality: number;
  temperature: number;
  /** Millivolts. */
  voltage: number;
}

/** What this device publishes. */
export type Zigbee2MqttMessage = DeviceMessage<
  'zigbee2mqtt',
  Zigbee2MqttPayload
>;

/** The message of Zigbee2MQTT for a sensor that has just reported. */
export function zigbee2MqttMessage(
  climate: Climate,
  at: { measuredAtMs: number; linkQuality: number; batteryPct: number },
  device: { friendlyName: string },
): Zigbee2MqttMessage {
  const hundredths = (value: number) => Math.round(value * 100) / 100;
  return {
    format: 'zigbee2mqtt',
    mqttTopic: deviceMqttTopic('zigbee2mqtt', device.friendlyName),
    measuredAtMs: at.measuredAtMs,
    payload: {
      battery: at.batteryPct,
      humidity: hundredths(climate.humidityPct),
      last_seen: new Date(at.measuredAtMs).toISOString(),
      linkquality: at.linkQuality,
      temperature: hundredths(climate.temperatureC),
      voltage: 2500 + 6 * at.batteryPct,
    },
  };
}
