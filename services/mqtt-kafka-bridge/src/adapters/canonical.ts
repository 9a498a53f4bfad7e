import {
  formerDeviceFields,
  isPlainReading,
  isStream,
  measurementsOf,
  streams,
} from '@homelab/telemetry';
import type { Measurement, Stream } from '@homelab/telemetry';
import { reject } from './adapter.ts';
import type { Adapter, AdapterResult, StreamReading } from './adapter.ts';
import { finishReading, holdsMeasurement } from './finish-reading.ts';
import { readJsonObject } from './read-payload.ts';
import type { Fields } from './read-payload.ts';
import {
  isAbsentWord,
  readFlag,
  readNumber,
  wrongType,
} from './read-values.ts';

/** Names that older publishers of heat pump readings use, and what they are called here. */
const heatpumpAliases: ReadonlyMap<string, string> = new Map([
  ['supplyline_temp', 'supply_temp'],
  ['returnline_temp', 'return_temp'],
  ['hotwater_temp', 'hot_water_temp'],
  ['integral', 'degree_minutes'],
  ['flowlinepump_on', 'circulation_pump_on'],
  ['hotwater_production', 'hot_water_active'],
  ['compressor_on', 'compressor_running'],
]);

/** Other names that fields of canonical readings come under, and what they are called here. */
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

/** Reads canonical readings on `homelab/<stream>/<device>`. */
export function createCanonicalAdapter(): Adapter {
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
    if (
      payload.isExact &&
      isPlainReading(stream, payload.fields) &&
      holdsMeasurement(stream, payload.fields)
    )
      return asReceived(stream, payload.fields, message.payload);
    const candidate = withCanonicalTypes(stream, payload.fields);
    const deviceId = candidate.device_id;
    return finishReading(
      stream,
      candidate,
      typeof deviceId === 'string' && deviceId !== '' ? deviceId : undefined,
    );
  };
}

/** Most devices send a reading just as it goes on: there is nothing to write anew. */
function asReceived(
  stream: Stream,
  fields: Fields,
  json: Uint8Array,
): AdapterResult {
  // isPlainReading has looked at every field, which TypeScript cannot follow through S.
  const reading = { stream, reading: fields, json } as StreamReading;
  return { kind: 'readings', readings: [reading], outOfRangeCount: 0 };
}

/** The stream that a canonical MQTT topic names, if it is one. */
export function streamOf(mqttTopic: string): Stream | undefined {
  const stream = mqttTopic.split('/', 2)[1] ?? '';
  return isStream(stream) ? stream : undefined;
}

/** The fields under their own names, numbers and flags that came as text read. */
function withCanonicalTypes(stream: Stream, fields: Fields): Fields {
  const aliases = aliasesByStream[stream];
  const byName = measurementByName[stream];
  const canonical: Record<string, unknown> = {};
  for (const key in fields) {
    const name = aliases.get(key) ?? key;
    if (name !== key && fields[name] !== undefined) continue;
    const value = fields[key];
    if (name === 'timestamp') canonical.timestamp = value;
    else if (name === 'device_id') canonical.device_id = idText(value);
    else {
      const measurement = byName.get(name);
      if (measurement !== undefined)
        canonical[name] = canonicalValue(measurement, value);
    }
  }
  return canonical;
}

function idText(value: unknown): unknown {
  return typeof value === 'number' && Number.isFinite(value)
    ? String(value)
    : value;
}

/** What cannot be read stays as it is, to be refused by the schema. */
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
