import { z } from 'zod';
import { measurements } from './measurements.ts';
import { maxListLength, maxTextLength } from './measurement.ts';
import type { Measurement } from './measurement.ts';
import type { Stream } from './streams.ts';

/** The longest device id, in characters. */
export const maxDeviceIdLength = 128;

/** No control characters, no leading or trailing blanks. */
export const deviceIdPattern = /^(?!\s)\P{C}*(?<!\s)$/u;

/** A device id: 1 to 128 characters, no control characters, no leading or trailing blanks. */
export const deviceIdSchema = z
  .string()
  .min(1)
  .max(maxDeviceIdLength)
  .regex(
    deviceIdPattern,
    'has control characters or leading or trailing blanks',
  );

/** A time in ISO 8601 with a zone; the parsed value is always UTC with milliseconds. */
export const timestampSchema = z.iso
  .datetime({ offset: true })
  .refine(value => !Number.isNaN(Date.parse(value)), 'is not a real date')
  .transform(value => new Date(value).toISOString());

type FieldSchema<M> = M extends { kind: 'gauge' | 'counter' }
  ? z.ZodNullable<z.ZodNumber>
  : M extends { kind: 'flag' }
    ? z.ZodNullable<z.ZodBoolean>
    : M extends { kind: 'state'; states: infer S extends readonly string[] }
      ? z.ZodNullable<z.ZodEnum<{ [K in S[number]]: K }>>
      : M extends { kind: 'list' }
        ? z.ZodNullable<z.ZodArray<z.ZodString>>
        : z.ZodNullable<z.ZodString>;

type FieldSchemas<R extends Record<string, Measurement>> = {
  [K in keyof R]: z.ZodDefault<FieldSchema<R[K]>>;
};

/** Text that every store accepts: no control characters, no lone surrogates. */
export const plainTextPattern = /^[^\p{Cc}\p{Cs}]*$/u;

const plainTextSchema = z
  .string()
  .max(maxTextLength)
  .regex(plainTextPattern, 'has control characters');

function fieldSchema(measurement: Measurement): z.ZodType {
  switch (measurement.kind) {
    case 'gauge':
    case 'counter':
      return z.number().min(measurement.min).max(measurement.max);
    case 'flag':
      return z.boolean();
    case 'state':
      return z.enum(measurement.states);
    case 'list':
      return z.array(plainTextSchema).max(maxListLength);
    case 'text':
      return plainTextSchema;
  }
}

/** One optional, nullable schema per registry entry; an absent field reads as `null`. */
function fieldSchemas<R extends Record<string, Measurement>>(
  registry: R,
): FieldSchemas<R> {
  const entries = Object.entries(registry).map(([name, measurement]) => [
    name,
    fieldSchema(measurement).nullable().default(null),
  ]);
  // The schema types follow from the registry's literal types, which Object.entries loses.
  return Object.fromEntries(entries) as FieldSchemas<R>;
}

/** A reading of an electricity meter: see the registry for fields, units and ranges. */
export const energyReadingSchema = z.object({
  timestamp: timestampSchema,
  device_id: deviceIdSchema,
  ...fieldSchemas(measurements.energy),
});

/** A reading of a heat pump: see the registry for fields, units and ranges. */
export const heatpumpStatusSchema = z.object({
  timestamp: timestampSchema,
  device_id: deviceIdSchema,
  ...fieldSchemas(measurements.heatpump),
});

/** A reading of a room sensor: see the registry for fields, units and ranges. */
export const temperatureReadingSchema = z.object({
  timestamp: timestampSchema,
  device_id: deviceIdSchema,
  ...fieldSchemas(measurements.temperature),
});

export type EnergyReading = z.infer<typeof energyReadingSchema>;
export type HeatpumpStatus = z.infer<typeof heatpumpStatusSchema>;
export type TemperatureReading = z.infer<typeof temperatureReadingSchema>;

/** The reading type of each stream. */
export interface ReadingByStream {
  energy: EnergyReading;
  heatpump: HeatpumpStatus;
  temperature: TemperatureReading;
}

/** A reading of any stream. */
export type Reading = ReadingByStream[Stream];

/** The schema of each stream's readings. */
export const readingSchemas = {
  energy: energyReadingSchema,
  heatpump: heatpumpStatusSchema,
  temperature: temperatureReadingSchema,
} as const;
