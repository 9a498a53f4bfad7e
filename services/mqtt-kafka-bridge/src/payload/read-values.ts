import { reject } from '../observation.ts';
import type { Rejection } from '../observation.ts';
import { isFields } from './read-payload.ts';
import type { Fields } from './read-payload.ts';

/** Marks a value that is present but of the wrong type. */
export const wrongType = Symbol('wrong type');

/** Words that devices send where they have no value, or could not measure one. */
const absentWords: ReadonlySet<string> = new Set([
  '',
  '-',
  '--',
  '---',
  'unknown',
  'unavailable',
  'nan',
  'null',
  'undefined',
  'none',
  'na',
  'n/a',
  'n.a.',
  'err',
  'error',
  'invalid',
]);

/** Numbers that mean "no sensor": the smallest 16-bit number, plain and in tenths. */
const absentNumbers: ReadonlySet<number> = new Set([-32768, -3276.8]);

/** What a disconnected one-wire temperature sensor reads. */
const absentTemperature = -127;

const decimalNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

const onWords: ReadonlySet<string> = new Set(['true', 'on', 'yes', '1']);
const offWords: ReadonlySet<string> = new Set(['false', 'off', 'no', '0']);

/** Reads a number, also one sent as text; `null` for absence and its sentinels. */
export function readNumber(value: unknown): number | null | typeof wrongType {
  if (typeof value === 'number') return absentNumbers.has(value) ? null : value;
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string') return wrongType;
  const text = value.trim();
  if (absentWords.has(text.toLowerCase())) return null;
  if (!decimalNumber.test(text)) return wrongType;
  const number = Number(text);
  return absentNumbers.has(number) ? null : number;
}

/** Reads a flag: true/false, on/off, yes/no, 1/0, as such or as text. */
export function readFlag(value: unknown): boolean | null | typeof wrongType {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string' && typeof value !== 'number') return wrongType;
  const text = String(value).trim().toLowerCase();
  if (onWords.has(text)) return true;
  if (offWords.has(text)) return false;
  return absentWords.has(text) ? null : wrongType;
}

/** Reads text, also from a number; blank text is absence. */
export function readText(value: unknown): string | null | typeof wrongType {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return wrongType;
  const text = value.trim();
  return text === '' ? null : text;
}

/** Tells whether a text is one of the words that stand for no value. */
export function isAbsentWord(text: string): boolean {
  return absentWords.has(text.trim().toLowerCase());
}

/** Reads the fields of one message and remembers the first that is unreadable. */
export interface FieldReader {
  number(name: string): number | null;
  /** Like `number`, and also knows the sentinel of temperature sensors. */
  temperature(name: string): number | null;
  flag(name: string): boolean | null;
  text(name: string): string | null;
  /** A reader of the object in a field; of an empty object when the field is absent. */
  object(name: string): FieldReader;
  has(name: string): boolean;
  /** Names the first unreadable field, if there was one. */
  rejection(deviceId?: string): Rejection | undefined;
}

/** Creates a reader of a JSON object's fields. */
export function createFieldReader(
  fields: Fields,
  path = '',
  problems: string[] = [],
): FieldReader {
  function keep<T>(name: string, value: T | typeof wrongType): T | null {
    if (value !== wrongType) return value;
    problems.push(`${path}${name}`);
    return null;
  }
  return {
    number: name => keep(name, readNumber(fields[name])),
    temperature(name) {
      const value = keep(name, readNumber(fields[name]));
      return value === absentTemperature ? null : value;
    },
    flag: name => keep(name, readFlag(fields[name])),
    text: name => keep(name, readText(fields[name])),
    object(name) {
      const value = fields[name];
      if (isFields(value))
        return createFieldReader(value, `${path}${name}.`, problems);
      if (value !== undefined && value !== null) keep(name, wrongType);
      return createFieldReader({}, `${path}${name}.`, problems);
    },
    has: name => Object.hasOwn(fields, name),
    rejection: deviceId =>
      problems[0] === undefined
        ? undefined
        : reject(
            'field_wrong_type',
            `Field "${problems[0]}" cannot be read.`,
            deviceId,
          ),
  };
}

/** A thousandth of a number: W to kW, Wh to kWh, mA to A, mV to V. */
export function thousandth(value: number | null): number | null {
  return value === null ? null : value / 1000;
}

/** Rounds to at most three decimals after adding or averaging. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
