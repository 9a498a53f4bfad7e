import {
  formerDeviceFields,
  isPlainReading,
  isStream,
  maxDeviceIdLength,
  measurementsOf,
  streams,
  timestampSchema,
  utcMsOf,
} from '@homelab/telemetry';
import type { Measurement, Stream } from '@homelab/telemetry';
import { holdsMeasurement, namesMeasurement } from '../finish-reading.ts';
import { observed, reject } from '../observation.ts';
import type { Adapter, AdapterResult } from '../observation.ts';
import { readJsonObject } from '../payload/read-payload.ts';
import type { Fields } from '../payload/read-payload.ts';
import {
  isAbsentWord,
  readFlag,
  readNumber,
  wrongType,
} from '../payload/read-values.ts';
import { defineDialect } from './define-dialect.ts';

/** Our own readings: a device that can send these needs no other dialect. */
export const canonical = defineDialect({
  name: 'canonical',
  description: 'Canonical readings, one MQTT topic per stream and device',
  filters: ['homelab/+/+'],
  streams,
  streamOf,
  delivery: 'readings',
  createAdapter: createCanonicalAdapter,
  golden: () => import('./canonical.golden.ts'),
});

/** Former names of heat pump fields, with their present names. */
const heatpumpAliases: ReadonlyMap<string, string> = new Map([
  ['supplyline_temp', 'supply_temp'],
  ['returnline_temp', 'return_temp'],
  ['hotwater_temp', 'hot_water_temp'],
  ['integral', 'degree_minutes'],
  ['flowlinepump_on', 'circulation_pump_on'],
  ['hotwater_production', 'hot_water_active'],
  ['compressor_on', 'compressor_running'],
]);

/** Other names of fields in canonical readings, with our names. */
const aliasesByStream: Readonly<Record<Stream, ReadonlyMap<string, string>>> = {
  energy: deviceAliases('energy'),
  heatpump: new Map([...heatpumpAliases, ...deviceAliases('heatpump')]),
  temperature: deviceAliases('temperature'),
};

function deviceAliases(stream: Stream): ReadonlyMap<string, string> {
  const former = formerDeviceFields[stream];
  return new Map(former === undefined ? [] : [[former, 'device_id']]);
}

const measurementByName: Readonly<
  Record<Stream, ReadonlyMap<string, Measurement>>
> = {
  energy: new Map(measurementsOf('energy')),
  heatpump: new Map(measurementsOf('heatpump')),
  temperature: new Map(measurementsOf('temperature')),
};

function createCanonicalAdapter(): Adapter {
  return message => {
    const stream = streamOf(message.mqttTopic);
    if (stream === undefined) {
      return reject(
        'mqtt_topic_unknown',
        `The MQTT topic names none of the streams ${streams.join(', ')}.`,
      );
    }
    const payload = readJsonObject(message.payload);
    if (!payload.ok) return payload.rejection;
    const { fields, isExact } = payload;
    const isReading =
      isExact &&
      isPlainReading(stream, fields) &&
      holdsMeasurement(stream, fields);
    return isReading
      ? asReceived(stream, fields, message.payload)
      : readFields(stream, withCanonicalTypes(stream, fields));
  };
}

/** Most publishers send valid canonical JSON, which passes through unchanged. */
function asReceived(
  stream: Stream,
  fields: Fields,
  json: Uint8Array,
): AdapterResult {
  // isPlainReading has checked that both are text and that the time is in our own format.
  const deviceId = fields.device_id as string;
  const measuredAtMs = utcMsOf(fields.timestamp as string);
  return observed({ stream, deviceId, fields, measuredAtMs, json });
}

function readFields(stream: Stream, fields: Fields): AdapterResult {
  const { timestamp, device_id: deviceId } = fields;
  const knownId =
    typeof deviceId === 'string' && deviceId !== '' ? deviceId : undefined;
  const missing = (name: string) =>
    fields[name] === undefined || fields[name] === null;
  const time = timestampSchema.safeParse(timestamp);
  if (!time.success) {
    return reject(
      missing('timestamp') ? 'timestamp_missing' : 'timestamp_invalid',
      `Field "timestamp": ${time.error.issues[0]?.message}.`,
      knownId,
    );
  }
  if (knownId === undefined) {
    return reject(
      missing('device_id') ? 'device_id_missing' : 'device_id_invalid',
      `Field "device_id" must be a text of 1 to ${maxDeviceIdLength} characters.`,
    );
  }
  if (!namesMeasurement(stream, fields)) {
    return reject(
      'no_measurement',
      `The message names no measurement of the stream ${stream}.`,
      knownId,
    );
  }
  const measuredAtMs = Date.parse(time.data);
  return observed({ stream, deviceId: knownId, fields, measuredAtMs });
}

/** The stream that a canonical MQTT topic names, if it is one. */
function streamOf(mqttTopic: string): Stream | undefined {
  const stream = mqttTopic.split('/', 2)[1] ?? '';
  return isStream(stream) ? stream : undefined;
}

/** The fields under our names, with numbers and flags parsed if they came as text. */
function withCanonicalTypes(stream: Stream, fields: Fields): Fields {
  const aliases = aliasesByStream[stream];
  const byName = measurementByName[stream];
  const typed: Record<string, unknown> = {};
  for (const key in fields) {
    const name = aliases.get(key) ?? key;
    if (name !== key && fields[name] !== undefined) continue;
    const value = fields[key];
    if (name === 'timestamp') typed.timestamp = value;
    else if (name === 'device_id') typed.device_id = idText(value);
    else {
      const measurement = byName.get(name);
      if (measurement !== undefined)
        typed[name] = canonicalValue(measurement, value);
    }
  }
  return typed;
}

function idText(value: unknown): unknown {
  return typeof value === 'number' && Number.isFinite(value)
    ? String(value)
    : value;
}

/** Converts a value; leaves one that cannot be read for the schema to refuse. */
function canonicalValue(measurement: Measurement, value: unknown): unknown {
  switch (measurement.kind) {
    case 'gauge':
    case 'counter': {
      if (typeof value !== 'string' && typeof value !== 'number') return value;
      const number = readNumber(value);
      return number === wrongType ? value : number;
    }
    case 'flag': {
      if (typeof value === 'boolean') return value;
      const flag = readFlag(value);
      return flag === wrongType ? value : flag;
    }
    case 'state':
      return typeof value === 'string'
        ? stateWord(measurement.states, value)
        : value;
    case 'text':
      return typeof value === 'string' && value.trim() === '' ? null : value;
    case 'list':
      return Array.isArray(value)
        ? value.map(each => (typeof each === 'number' ? String(each) : each))
        : value;
  }
}

function stateWord(states: readonly string[], value: string): string | null {
  const word = value.trim().toLowerCase();
  return !states.includes(word) && isAbsentWord(word) ? null : word;
}
