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
  return message => {
    const name = message.mqttTopic.slice(prefix.length);
    const other = notAState(name);
    if (other !== undefined) return other;
    const payload = readJsonObject(message.payload);
    if (!payload.ok) return payload.rejection;
    const { fields } = payload;
    const reader = createFieldReader(fields);
    if (!reader.has('temperature') && !reader.has('humidity'))
      return ignore('nothing_we_read');
    const timeMs = measuredAtMs(fields.last_seen, message, settings);
    if (timeMs === null) return ignore('retained_without_time');
    const candidate = {
      timestamp: timestampText(timeMs),
      sensor_id: name,
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
    return finishReading('temperature', candidate, name);
  };
}

/** The MQTT topics under the prefix that carry no state of a device. */
function notAState(name: string): AdapterResult | undefined {
  if (name === 'bridge' || name.startsWith('bridge/')) return ignore('gateway');
  if (name.endsWith('/availability')) return ignore('availability');
  if (/\/(?:set|get)(?:\/|$)/.test(name)) return ignore('command');
  if (name === '')
    return reject('device_id_missing', 'The MQTT topic names no device.');
  return undefined;
}

function volts(value: number | null): number | null {
  return value !== null && value >= smallestMillivolt ? value / 1000 : value;
}
