import { createBoundedMap } from '../bounded-map.ts';
import { ignore, observed, reject } from '../observation.ts';
import type { Adapter, IgnoredReason } from '../observation.ts';
import { readJsonObject } from '../payload/read-payload.ts';
import type { Fields } from '../payload/read-payload.ts';
import { readDeviceTime } from '../payload/read-time.ts';
import type { SiteClock } from '../payload/read-time.ts';
import { createFieldReader } from '../payload/read-values.ts';
import { defineDialect } from './define-dialect.ts';

const prefix = 'zigbee2mqtt/';

/** Climate sensors behind Zigbee2MQTT; the friendly name may contain `/`. */
export const zigbee2mqtt = defineDialect({
  name: 'zigbee2mqtt',
  description: 'Zigbee2MQTT climate sensors',
  filters: [`${prefix}#`],
  streams: ['temperature'],
  delivery: 'readings',
  unreadTopic,
  createAdapter: (_, clock) => createZigbee2MqttAdapter(clock),
  golden: () => import('./zigbee2mqtt.golden.ts'),
});

const maxNamesBytes = 2 * 1024 * 1024;

/** Most devices report battery voltage in mV, some in V. */
const smallestMillivolt = 100;

function createZigbee2MqttAdapter(clock: SiteClock): Adapter {
  /** The names that have sent a state. */
  const devices = createBoundedMap<true>({
    maxBytes: maxNamesBytes,
    valueBytes: 0,
  });
  return message => {
    const name = message.mqttTopic.slice(prefix.length);
    if (name === '')
      return reject('device_id_missing', 'The MQTT topic names no device.');
    const payload = readJsonObject(message.payload);
    if (!payload.ok) {
      // A device may also publish each attribute to its own MQTT topic.
      return devices.has(parentOf(name)) && !isCutOff(message.payload)
        ? ignore('nothing_we_read')
        : payload.rejection;
    }
    if (!devices.has(name)) devices.set(name, true);
    const reader = createFieldReader(payload.fields);
    if (!isClimateSensor(payload.fields)) return ignore('nothing_we_read');
    const fields = {
      room: name,
      source: 'zigbee2mqtt',
      temperature: reader.temperature('temperature'),
      humidity: reader.number('humidity'),
      battery: reader.number('battery'),
      // Mains plugs report a voltage too; it is the battery's only if there is a battery.
      battery_voltage: reader.has('battery')
        ? volts(reader.number('voltage'))
        : null,
      link_quality: reader.number('linkquality'),
    };
    const rejection = reader.rejection(name);
    if (rejection !== undefined) return rejection;
    // Zigbee2MQTT sends null for values not measured since it started.
    if (fields.temperature === null && fields.humidity === null)
      return ignore('nothing_we_read');
    return observed({
      stream: 'temperature',
      deviceId: name,
      fields,
      measuredAtMs: readDeviceTime(payload.fields.last_seen, message, clock),
    });
  };
}

/** Fields of meters, plugs and breakers, in total or per phase. */
const electricField = /^(?:power|current|energy)(?:_(?:phase_)?[abc])?$/;

/** A device that also measures power reports the temperature inside its case, not of a room. */
function isClimateSensor(fields: Fields): boolean {
  if ('humidity' in fields) return true;
  return (
    'temperature' in fields &&
    !Object.keys(fields).some(name => electricField.test(name))
  );
}

const openingBrace = 0x7b;

/** Broken JSON that starts like an object is a damaged state. */
function isCutOff(payload: Uint8Array): boolean {
  return payload[0] === openingBrace;
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf('/'), 0));
}

/** MQTT topics under the prefix that do not carry the state of a device. */
function unreadTopic(mqttTopic: string): IgnoredReason | undefined {
  const name = mqttTopic.slice(prefix.length);
  if (name === 'bridge' || name.startsWith('bridge/')) return 'gateway';
  if (name.endsWith('/availability')) return 'availability';
  if (name.endsWith('/action')) return 'nothing_we_read';
  return /\/(?:set|get)(?:\/|$)/.test(name) ? 'command' : undefined;
}

function volts(value: number | null): number | null {
  return value !== null && value >= smallestMillivolt ? value / 1000 : value;
}
