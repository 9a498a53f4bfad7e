import { envField } from '@homelab/service-kit';
import { temperatureReadingSchema } from '@homelab/telemetry';
import type { DeviceMessage } from '../device-message.ts';
import { ignore, observed, reject } from '../observation.ts';
import type { Adapter, AdapterResult } from '../observation.ts';
import { createLastKnown } from '../payload/last-known.ts';
import type { LastKnown } from '../payload/last-known.ts';
import { isFields, readJsonObject } from '../payload/read-payload.ts';
import type { Fields } from '../payload/read-payload.ts';
import { firstDeviceTime } from '../payload/read-time.ts';
import type { SiteClock } from '../payload/read-time.ts';
import { createFieldReader } from '../payload/read-values.ts';
import type { FieldReader } from '../payload/read-values.ts';
import { defineDialect } from './define-dialect.ts';

/**
 * Shelly Gen2+ temperature and humidity sensors. `NotifyStatus` carries only what changed; it
 * is completed with earlier values of the same sensor, as long as they are fresh.
 */
export const shelly = defineDialect({
  name: 'shelly',
  description: 'Shelly Gen2+ H&T sensors',
  // The MQTT prefix may have several levels, such as `shellies/bedroom`.
  filters: ['+/events/rpc', '+/+/events/rpc'],
  streams: ['temperature'],
  delivery: 'readings',
  settings: {
    /** How long a value that was sent alone completes later readings. */
    BRIDGE_FIELD_TTL: envField.durationMs().default(3 * 3_600_000),
  },
  createAdapter: ({ BRIDGE_FIELD_TTL: ttlMs }, clock) =>
    createShellyAdapter(ttlMs, clock),
  golden: () => import('./shelly.golden.ts'),
});

const readMethods: ReadonlySet<string> = new Set([
  'NotifyStatus',
  'NotifyFullStatus',
]);

/** Energy meters report the temperature inside their own case under the same name. */
const meterId = /^shelly[a-z0-9]*em/i;

const topicEnd = '/events/rpc';

const electricComponent = /^(?:switch|cover|light|pm1|em1?):\d/;
const sensorComponent = /^(?:temperature|humidity):(\d{1,4})$/;

function createShellyAdapter(ttlMs: number, clock: SiteClock): Adapter {
  const lastKnown = createLastKnown({ ttlMs });
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
    // NotifyEvent and responses to commands carry no state.
    if (!readMethods.has(method)) return ignore('gateway');
    if (!isFields(params)) {
      return reject(
        'field_wrong_type',
        'Field "params" is not an object.',
        src,
      );
    }
    return readStatus({ src, params, message, clock, lastKnown });
  };
}

interface Status {
  readonly src: string;
  readonly params: Fields;
  readonly message: DeviceMessage;
  readonly clock: SiteClock;
  readonly lastKnown: LastKnown;
}

function readStatus(status: Status): AdapterResult {
  const { src, params, message, clock, lastKnown } = status;
  const components = sensorNumbers(params);
  const withPower = 'devicepower:0' in params && lastKnown.knows(src);
  if (meterId.test(src) || (components.length === 0 && !withPower)) {
    return ignore('nothing_we_read');
  }
  const { sys } = params;
  const ownMs = firstDeviceTime(
    [params.ts, isFields(sys) ? sys.unixtime : null],
    message,
    clock,
  );
  if (ownMs === undefined && message.retained)
    return ignore('retained_without_time');
  const measuredAtMs = ownMs ?? message.receivedAtMs;
  const reader = createFieldReader(params);
  const power = powerFields(reader);
  const found = (components.length === 0 ? ['0'] : components).map(number => ({
    deviceId: number === '0' ? src : `${src}:${number}`,
    fields: { ...power, ...climateFields(reader, number) },
  }));
  const rejection = reader.rejection(src);
  if (rejection !== undefined) return rejection;
  const room = roomOf(message.mqttTopic, src);
  const measured = found
    .map(({ deviceId, fields }) => ({
      deviceId,
      fields: lastKnown.merge(deviceId, fields, measuredAtMs),
    }))
    .filter(({ fields }) => isMeasured(fields));
  return observed(
    ...measured.map(({ deviceId, fields }) => ({
      stream: 'temperature' as const,
      deviceId,
      fields: { room, source: 'shelly', ...fields },
      measuredAtMs,
    })),
  );
}

/** A sensor that failed sends `null`; signal strength alone is not a reading. */
function isMeasured(fields: Readonly<Record<string, number | null>>): boolean {
  return Object.entries(fields).some(
    ([name, value]) => name !== 'rssi' && value !== null,
  );
}

/**
 * The MQTT topic prefix if the owner has changed it, which leaves `src` unchanged: the closest
 * thing to the name of its room. `null` if the name is not valid in a reading.
 */
function roomOf(mqttTopic: string, src: string): string | null {
  const prefix = mqttTopic.slice(0, -topicEnd.length);
  const isName =
    prefix !== '' &&
    prefix !== src &&
    temperatureReadingSchema.shape.room.safeParse(prefix).success;
  return isName ? prefix : null;
}

/**
 * The numbers of the sensors in a status; an H&T has sensor 0, an add-on 100 and up. Beside
 * a switch or a meter, sensor 0 measures the inside of the case.
 */
function sensorNumbers(params: Fields): string[] {
  const names = Object.keys(params);
  const isElectric = names.some(name => electricComponent.test(name));
  const numbers = names
    .flatMap(name => sensorComponent.exec(name)?.[1] ?? [])
    .filter(number => number !== '0' || !isElectric);
  return [...new Set(numbers)];
}

/** Only the fields that the status contains: a missing field does not erase a value. */
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
  // On external power the battery is reported as 0 V and 0 %, whatever its charge.
  const external = power.object('external').flag('present') === true;
  const battery = power.object('battery');
  fields.battery = external ? null : battery.number('percent');
  fields.battery_voltage = external ? null : battery.number('V');
  return fields;
}
