import { acceptReading } from './accept-reading.ts';
import { measurementsOf } from './measurements.ts';
import type { DeadLetterCode } from './record-headers.ts';
import { readingSchemas } from './readings.ts';
import type { ReadingByStream } from './readings.ts';
import type { Stream } from './streams.ts';

/** The result of reading an unknown value as a canonical reading. */
export type ReadReadingResult<S extends Stream> =
  | {
      ok: true;
      reading: ReadingByStream[S];
      /** Fields that held an implausible number and are now `null`. */
      outOfRange: string[];
    }
  | { ok: false; code: DeadLetterCode; message: string };

/**
 * Former names of the field `device_id`. They are still read when
 * `device_id` is absent, because old devices publish them and old Kafka records and dead
 * letters contain them; they are never written.
 */
export const formerDeviceFields: Readonly<Partial<Record<Stream, string>>> = {
  temperature: 'sensor_id',
};

const refuse = (code: DeadLetterCode, message: string) =>
  ({ ok: false, code, message }) as const;

/**
 * Reads an unknown value as a canonical reading of a stream.
 *
 * Time and device id are required. Absent fields become `null`, as do numbers that are
 * not finite or outside the registry's range (their names are returned). A field of the
 * wrong type makes the whole value unreadable. Unknown fields
 * are left out. Never throws.
 */
export function readReading<S extends Stream>(
  stream: S,
  value: unknown,
): ReadReadingResult<S> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('payload_not_an_object', 'The message is not a JSON object.');
  }
  const accepted = acceptReading(stream, value);
  if (accepted !== undefined) {
    // Accepted values equal the result of the stream's schema; a property test compares them.
    return {
      ok: true,
      reading: accepted as ReadingByStream[S],
      outOfRange: [],
    };
  }
  return judgeReading(stream, value);
}

/** Reads an object with the schema of its stream, which says what is wrong with it. */
export function judgeReading<S extends Stream>(
  stream: S,
  value: object,
): ReadReadingResult<S> {
  const { fields, outOfRange } = dropImplausible(
    stream,
    withDeviceId(stream, value),
  );
  const parsed = readingSchemas[stream].safeParse(fields);
  if (parsed.success) {
    // readingSchemas is keyed by stream, which TypeScript cannot infer through S.
    const reading = parsed.data as ReadingByStream[S];
    return { ok: true, reading, outOfRange };
  }
  const issue = parsed.error.issues[0];
  const field = String(issue?.path[0] ?? '');
  return refuse(
    codeFor(field, fields),
    `Field "${field}": ${issue?.message ?? 'cannot be read'}.`,
  );
}

function withDeviceId(stream: Stream, value: object): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...value };
  const former = formerDeviceFields[stream];
  if (former !== undefined) fields.device_id ??= fields[former];
  return fields;
}

function dropImplausible(stream: Stream, fields: Record<string, unknown>) {
  const outOfRange: string[] = [];
  for (const [name, measurement] of measurementsOf(stream)) {
    const number = fields[name];
    if (measurement.kind !== 'gauge' && measurement.kind !== 'counter')
      continue;
    if (typeof number !== 'number') continue;
    if (number >= measurement.min && number <= measurement.max) continue;
    fields[name] = null;
    outOfRange.push(name);
  }
  return { fields, outOfRange };
}

function codeFor(
  field: string,
  fields: Record<string, unknown>,
): DeadLetterCode {
  const missing = fields[field] === undefined || fields[field] === null;
  if (field === 'timestamp') {
    return missing ? 'timestamp_missing' : 'timestamp_invalid';
  }
  if (field === 'device_id') {
    return missing ? 'device_id_missing' : 'device_id_invalid';
  }
  return 'field_wrong_type';
}
