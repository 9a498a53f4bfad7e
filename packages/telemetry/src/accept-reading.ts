import { measurements } from './measurements.ts';
import { maxListLength, maxTextLength } from './measurement.ts';
import type { Measurement } from './measurement.ts';
import {
  deviceIdPattern,
  maxDeviceIdLength,
  plainTextPattern,
} from './readings.ts';
import type { Stream } from './streams.ts';
import { utcMsOf } from './utc-time.ts';

type Fields = Record<string, unknown>;

/** What a field must be to be accepted without the schema. */
type Field =
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | {
      readonly kind: 'other';
      readonly accepts: (value: unknown) => boolean;
    };

interface Plan {
  readonly fields: ReadonlyMap<string, Field>;
  /** A reading whose fields are all null, in the order of the schema. */
  readonly empty: Readonly<Fields>;
}

const plans: Readonly<Record<Stream, Plan>> = {
  energy: planOf('energy'),
  heatpump: planOf('heatpump'),
  temperature: planOf('temperature'),
};

/**
 * Validates the common case several times faster than the schema: every field is valid and
 * the time is in the format that the pipeline writes. Returns exactly what the schema would return, or
 * `undefined` for any other value, which must then be checked with the schema.
 */
export function acceptReading(
  stream: Stream,
  value: object,
): Fields | undefined {
  // Inherited properties are not fields of the message.
  if (Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  const given = value as Readonly<Fields>;
  const { fields, empty } = plans[stream];
  const reading = { ...empty };
  for (const name in given) {
    const field = fields.get(name);
    if (field === undefined) continue;
    const one = given[name];
    if (one === null || one === undefined) continue;
    if (!isFit(field, one)) return undefined;
    reading[name] = one;
  }
  return reading.timestamp === null || reading.device_id === null
    ? undefined
    : reading;
}

function isFit(field: Field, value: unknown): boolean {
  return field.kind === 'number'
    ? typeof value === 'number' && value >= field.min && value <= field.max
    : field.accepts(value);
}

function planOf(stream: Stream): Plan {
  const fields = new Map<string, Field>([
    ['timestamp', { kind: 'other', accepts: isPlainTime }],
    ['device_id', { kind: 'other', accepts: isDeviceId }],
  ]);
  const registry: Readonly<Record<string, Measurement>> = measurements[stream];
  for (const [name, measurement] of Object.entries(registry))
    fields.set(name, fieldOf(measurement));
  const empty = Object.fromEntries(
    [...fields.keys()].map(name => [name, null]),
  );
  return { fields, empty };
}

function fieldOf(measurement: Measurement): Field {
  switch (measurement.kind) {
    case 'gauge':
    case 'counter': {
      const { min, max } = measurement;
      return { kind: 'number', min, max };
    }
    case 'flag':
      return { kind: 'other', accepts: value => typeof value === 'boolean' };
    case 'state': {
      const states = new Set<unknown>(measurement.states);
      return { kind: 'other', accepts: value => states.has(value) };
    }
    case 'list':
      return { kind: 'other', accepts: isTextList };
    case 'text':
      return { kind: 'other', accepts: isPlainText };
  }
}

function isPlainTime(value: unknown): boolean {
  return typeof value === 'string' && utcMsOf(value) !== undefined;
}

function isDeviceId(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= maxDeviceIdLength &&
    (isPrintableAscii(value, 0x21) || deviceIdPattern.test(value))
  );
}

function isPlainText(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length <= maxTextLength &&
    (isPrintableAscii(value, 0x20) || plainTextPattern.test(value))
  );
}

function isTextList(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > maxListLength) return false;
  // Not every(): it skips holes.
  for (const one of value) if (!isPlainText(one)) return false;
  return true;
}

function isPrintableAscii(text: string, lowest: number): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < lowest || code > 0x7e) return false;
  }
  return true;
}

/**
 * Whether a value is a reading exactly as its stream's schema would return it, except for absent
 * fields: every field is known, valid and not blank, and the time is in the format that the pipeline
 * writes.
 */
export function isPlainReading(stream: Stream, value: object): boolean {
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  const given = value as Readonly<Fields>;
  const { fields } = plans[stream];
  for (const name in given) {
    const field = fields.get(name);
    const one = given[name];
    if (field === undefined || !isFit(field, one)) return false;
    if (typeof one === 'string' && one.trim() === '') return false;
  }
  return given.timestamp !== undefined && given.device_id !== undefined;
}
