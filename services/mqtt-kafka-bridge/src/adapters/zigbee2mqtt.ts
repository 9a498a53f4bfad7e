import { ignore, reject } from './adapter.ts';
import type { Adapter, AdapterResult, AdapterSettings } from './adapter.ts';
import { finishReading } from './finish-reading.ts';
import { readJsonObject } from './read-payload.ts';
import { measuredAtMs, timestampText } from './read-time.ts';
import { createFieldReader } from './read-values.ts';

const prefix = 'zigbee2mqtt/';

/** Batteries are told in mV, some in V. */
const smallestMillivolt = 100;

/** Reads climate sensors behind Zigbee2MQTT; the friendly name may hold `/`. */
export function createZigbee2MqttAdapter(settings: AdapterSettings): Adapter {
  const devices = createDeviceNames();
  return message => {
    const name = message.mqttTopic.slice(prefix.length);
    const other = notAState(name);
    if (other !== undefined) return other;
    const payload = readJsonObject(message.payload);
    if (!payload.ok) {
      // Beside its state a device may send each attribute on an MQTT topic of its own.
      return devices.knows(parentOf(name)) && !isCutOff(message.payload)
        ? ignore('nothing_we_read')
        : payload.rejection;
    }
    devices.add(name);
    const { fields } = payload;
    const reader = createFieldReader(fields);
    if (!reader.has('temperature') && !reader.has('humidity'))
      return ignore('nothing_we_read');
    const timeMs = measuredAtMs(fields.last_seen, message, settings);
    if (timeMs === null) return ignore('retained_without_time');
    const candidate = {
      timestamp: timestampText(timeMs),
      device_id: name,
      room: name,
      source: 'zigbee2mqtt',
      temperature: reader.temperature('temperature'),
      humidity: reader.number('humidity'),
      battery: reader.number('battery'),
      // A mains plug has a voltage too; only beside a battery it is the battery's.
      battery_voltage: reader.has('battery')
        ? volts(reader.number('voltage'))
        : null,
      link_quality: reader.number('linkquality'),
    };
    const wrongField = reader.wrongField();
    if (wrongField !== undefined) {
      return reject(
        'field_wrong_type',
        `Field "${wrongField}" cannot be read.`,
        name,
      );
    }
    // What has never been measured since the gateway started is sent as null.
    return candidate.temperature === null && candidate.humidity === null
      ? ignore('nothing_we_read')
      : finishReading('temperature', candidate, name);
  };
}

const openingBrace = 0x7b;

const maxRememberedDevices = 10_000;

/** The names that have sent a state. */
function createDeviceNames() {
  const names = new Set<string>();
  return {
    knows: (name: string) => names.has(name),
    add(name: string) {
      // Somebody may publish under ever new names.
      if (names.size >= maxRememberedDevices) names.clear();
      names.add(name);
    },
  };
}

/** An object that cannot be read was one that broke on its way. */
function isCutOff(payload: Uint8Array): boolean {
  return payload[0] === openingBrace;
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf('/'), 0));
}

/** The MQTT topics under the prefix that carry no state of a device. */
function notAState(name: string): AdapterResult | undefined {
  if (name === 'bridge' || name.startsWith('bridge/')) return ignore('gateway');
  if (name.endsWith('/availability')) return ignore('availability');
  if (name.endsWith('/action')) return ignore('nothing_we_read');
  if (/\/(?:set|get)(?:\/|$)/.test(name)) return ignore('command');
  if (name === '')
    return reject('device_id_missing', 'The MQTT topic names no device.');
  return undefined;
}

function volts(value: number | null): number | null {
  return value !== null && value >= smallestMillivolt ? value / 1000 : value;
}
