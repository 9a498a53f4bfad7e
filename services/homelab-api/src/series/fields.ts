import { measurementsOf } from '@homelab/telemetry';
import type { NumberMeasurement, Stream } from '@homelab/telemetry';
import { ProblemError } from '../http/problems.ts';

/** A field of a stream with a number. */
export interface NumberField {
  readonly name: string;
  readonly unit: string;
  readonly kind: NumberMeasurement['kind'];
}

const numberFields = new Map<Stream, readonly NumberField[]>();

/** Every field of a stream that has numbers, in the order of the registry. */
export function numberFieldsOf(stream: Stream): readonly NumberField[] {
  let fields = numberFields.get(stream);
  if (fields === undefined) {
    fields = measurementsOf(stream).flatMap(([name, measurement]) =>
      'unit' in measurement
        ? [{ name, unit: measurement.unit, kind: measurement.kind }]
        : [],
    );
    numberFields.set(stream, fields);
  }
  return fields;
}

/**
 * The fields that a list such as `power_kw,voltage` names, each once and in the order of the
 * registry; all of the stream when absent. Throws `invalid_parameter` for any other name.
 */
export function readFields(
  stream: Stream,
  asked: string | undefined,
): readonly NumberField[] {
  const known = numberFieldsOf(stream);
  if (asked === undefined) return known;
  const wanted = new Set(asked.split(',').map(name => name.trim()));
  const fields = known.filter(({ name }) => wanted.has(name));
  if (fields.length === wanted.size) return fields;
  const names = known.map(({ name }) => name);
  const unknown = [...wanted].find(name => !names.includes(name)) ?? '';
  const message = `${stream} has no number "${unknown.slice(0, 40)}"; it has ${names.join(', ')}`;
  throw new ProblemError('invalid_parameter', `fields: ${message}`, {
    errors: [{ in: 'query', name: 'fields', message }],
  });
}
