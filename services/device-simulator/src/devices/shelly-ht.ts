import type { Climate } from './climate.ts';
import { deviceMqttTopic } from './device-message.ts';
import type { DeviceMessage } from './device-message.ts';

/** The RPC notification of a Shelly H&T that has just woken up. */
export interface ShellyHtPayload {
  src: string;
  dst: string;
  method: 'NotifyFullStatus';
  params: {
    /** Seconds since 1970. */
    ts: number;
    'devicepower:0': {
      id: 0;
      battery: { V: number; percent: number };
      external: { present: false };
    };
    'temperature:0': { id: 0; tC: number; tF: number };
    'humidity:0': { id: 0; rh: number };
    wifi: { sta_ip: string; status: 'got ip'; ssid: string; rssi: number };
  };
}

/** A Shelly, and the name its owner gave it on MQTT. */
export interface ShellyHt {
  id: string;
  /** Its id, unless the owner renamed it; the payload keeps the id. */
  mqttTopicPrefix: string;
}

/** What this device publishes. */
export type ShellyHtMessage = DeviceMessage<'shelly', ShellyHtPayload>;

/** The message of a Shelly H&T that wakes up: everything it knows. */
export function shellyHtMessage(
  climate: Climate,
  at: { measuredAtMs: number; rssi: number; batteryPct: number },
  device: ShellyHt,
): ShellyHtMessage {
  const tenths = (value: number) => Math.round(value * 10) / 10;
  const tC = tenths(climate.temperatureC);
  return {
    format: 'shelly',
    mqttTopic: deviceMqttTopic('shelly', device.mqttTopicPrefix),
    measuredAtMs: at.measuredAtMs,
    payload: {
      src: device.id,
      dst: `${device.mqttTopicPrefix}/events`,
      method: 'NotifyFullStatus',
      params: {
        ts: at.measuredAtMs / 1000,
        'devicepower:0': {
          id: 0,
          battery: {
            V: Math.round((4.6 + 1.6 * (at.batteryPct / 100)) * 100) / 100,
            percent: at.batteryPct,
          },
          external: { present: false },
        },
        'temperature:0': { id: 0, tC, tF: tenths(tC * 1.8 + 32) },
        'humidity:0': { id: 0, rh: tenths(climate.humidityPct) },
        wifi: {
          sta_ip: '192.0.2.21',
          status: 'got ip',
          ssid: 'house',
          rssi: at.rssi,
        },
      },
    },
  };
}
