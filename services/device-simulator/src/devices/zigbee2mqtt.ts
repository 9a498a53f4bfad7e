import type { Climate } from './climate.ts';
import { deviceMqttTopic } from './said.ts';
import type { Said } from './said.ts';

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
export type Zigbee2MqttMessage = Said<'zigbee2mqtt', Zigbee2MqttPayload>;

/** Says what Zigbee2MQTT would for a sensor that has just reported. */
export function sayZigbee2Mqtt(
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
