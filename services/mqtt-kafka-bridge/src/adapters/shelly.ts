import { temperatureReadingSchema } from '@homelab/telemetry';
import { ignore, reject } from './adapter.ts';
import type {
  Adapter,
  AdapterResult,
  AdapterSettings,
  DeviceMessage,
} from './adapter.ts';
import { finishReading, hasNoMeasurement } from './finish-reading.ts';
import { createLastKnown } from './last-known.ts';
import type { LastKnown } from './last-known.ts';
import { isFields, readJsonObject } from './read-payload.ts';
import type { Fields } from './read-payload.ts';
import { measuredAtMs, timestampText } from './read-time.ts';
import { createFieldReader } from './read-values.ts';
import type { FieldReader } from './read-values.ts';

const readMethods: ReadonlySet<string> = new Set([
  'NotifyStatus',
  'NotifyFullStatus',
]);

/** Meters report the temperature of their own case under the same name. */
const meterId = /^shelly[a-z0-9]*em/i;

const topicEnd = '/events/rpc';

const sensorComponent = /^(?:temperature|humidity):(\d{1,4})$/;

/**
 * Reads Shelly Gen2+ temperature and humidity sensors. `NotifyStatus` carries only
 * what changed; it is completed with what the same sensor said before, each value as
 * long as it is fresh.
 */
export function createShellyAdapter(settings: AdapterSettings): Adapter {
  const lastKnown = createLastKnown({ ttlMs: settings.fieldTtlMs });
  return message => {
    const payload = readJsonObject(message.payload);
    if (!payload.ok) return payload.rejection;
    const { src, method, params } = payload.fields;
    if (typeof src !== 'string' || src === '') {
      return reject('device_id_missing', 'Field "src" is missing.');
    }
    if (typeof method !== 'string') {
      return reject('field_wrong_type', 'Field "method" is missing.', src);
    }
    // NotifyEvent and answers to commands carry no state.
    if (!readMethods.has(method)) return ignore('gateway');
    if (!isFields(params)) {
      return reject(
        'field_wrong_type',
        'Field "params" is not an object.',
        src,
      );
    }
    return readStatus({ src, params, message, settings, lastKnown });
  };
}

interface Status {
  readonly src: string;
  readonly params: Fields;
  readonly message: DeviceMessage;
  readonly settings: AdapterSettings;
  readonly lastKnown: LastKnown;
}

function readStatus(status: Status): AdapterResult {
  const { src, params, message, settings, lastKnown } = status;
  const components = sensorNumbers(params);
  const withPower = 'devicepower:0' in params && lastKnown.knows(src);
  if (meterId.test(src) || (components.length === 0 && !withPower)) {
    return ignore('nothing_we_read');
  }
  const timeMs = measuredAtMs(params.ts, message, settings);
  if (timeMs === null) return ignore('retained_without_time');
  const reader = createFieldReader(params);
  const power = powerFields(reader);
  const found = (components.length === 0 ? ['0'] : components).map(number => ({
    deviceId: number === '0' ? src : `${src}:${number}`,
    fields: { ...power, ...climateFields(reader, number) },
  }));
  const wrongField = reader.wrongField();
  if (wrongField !== undefined) {
    return reject(
      'field_wrong_type',
      `Field "${wrongField}" cannot be read.`,
      src,
    );
  }
  const measured = found
    .map(({ deviceId, fields }) => ({
      deviceId,
      fields: lastKnown.merge(deviceId, fields, timeMs),
    }))
    .filter(({ fields }) => isMeasured(fields));
  return combined(
    measured.map(({ deviceId, fields }) =>
      finishReading(
        'temperature',
        {
          timestamp: timestampText(timeMs),
          device_id: deviceId,
          room: roomOf(message.mqttTopic, src),
          source: 'shelly',
          ...fields,
        },
        deviceId,
      ),
    ),
  );
}

/** A sensor that could not measure sends `null`; of it the signal alone says nothing. */
function isMeasured(fields: Readonly<Record<string, number | null>>): boolean {
  return Object.entries(fields).some(
    ([name, value]) => name !== 'rssi' && value !== null,
  );
}

/**
 * The MQTT topic prefix when the owner has renamed it, which keeps `src` as it was: the
 * nearest to a room that a Shelly tells. `null` for a name no reading may carry.
 */
function roomOf(mqttTopic: string, src: string): string | null {
  const prefix = mqttTopic.slice(0, -topicEnd.length);
  const isName =
    prefix !== '' &&
    prefix !== src &&
    temperatureReadingSchema.shape.room.safeParse(prefix).success;
  return isName ? prefix : null;
}

/** The numbers of the sensors in a status; an H&T has sensor 0, an add-on 100 and up. */
function sensorNumbers(params: Fields): string[] {
  const numbers = Object.keys(params).flatMap(
    key => sensorComponent.exec(key)?.[1] ?? [],
  );
  return [...new Set(numbers)];
}

/** Only the fields that the status carries, so that silence does not erase a value. */
function climateFields(reader: FieldReader, number: string) {
  const fields: Record<string, number | null> = {};
  if (reader.has(`temperature:${number}`)) {
    fields.temperature = reader
      .object(`temperature:${number}`)
      .temperature('tC');
  }
  if (reader.has(`humidity:${number}`)) {
    fields.humidity = reader.object(`humidity:${number}`).number('rh');
  }
  return fields;
}

function powerFields(reader: FieldReader) {
  const fields: Record<string, number | null> = {};
  if (reader.has('wifi')) fields.rssi = reader.object('wifi').number('rssi');
  if (!reader.has('devicepower:0')) return fields;
  const power = reader.object('devicepower:0');
  // On external power the battery reads 0 V and 0 %, which is not its charge.
  const external = power.object('external').flag('present') === true;
  const battery = power.object('battery');
  fields.battery = external ? null : battery.number('percent');
  fields.battery_voltage = external ? null : battery.number('V');
  return fields;
}

/**
 * Several sensors of one device are one message: all are read, or none. One that sends
 * nothing plausible does not silence the others.
 */
function combined(results: readonly AdapterResult[]): AdapterResult {
  const readings = [];
  let outOfRangeCount = 0;
  for (const result of results) {
    if (hasNoMeasurement(result)) continue;
    if (result.kind !== 'readings') return result;
    readings.push(...result.readings);
    outOfRangeCount += result.outOfRangeCount;
  }
  if (readings.length === 0) return results[0] ?? ignore('nothing_we_read');
  return { kind: 'readings', readings, outOfRangeCount };
}
