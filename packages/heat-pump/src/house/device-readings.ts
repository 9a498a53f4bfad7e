import {
  energyReadingSchema,
  heatpumpStatusSchema,
  streams,
  temperatureReadingSchema,
} from '@homelab/telemetry';
import { z } from 'zod';

/** The stream a reading belongs to: `energy`, `heatpump` or `temperature`. */
export const streamSchema = z.enum(streams);

const deliveryFields = {
  /** The device that measured. */
  deviceId: z.string().min(1),
  /** `live` if received over Kafka since the portal started, else from the database. */
  origin: z.enum(['live', 'history']),
  /**
   * What its age counts from, ISO 8601 in UTC: when it was measured or, for a device whose
   * clock runs ahead, when it arrived.
   */
  asOf: z.iso.datetime(),
  /**
   * Set while a reading of the device is dated in the future: how far its clock was ahead,
   * and when that reading arrived. Otherwise `null`.
   */
  clockAhead: z
    .object({ aheadMs: z.number().int().positive(), seenAt: z.iso.datetime() })
    .nullable(),
  /** Temperatures of which the device has only sent whole degrees so far. */
  wholeFields: z.array(z.string()),
  /** From this age on, in milliseconds, the reading is no longer fresh. */
  staleAfterMs: z.number().int().positive(),
  /** From this age on, in milliseconds, the device counts as offline. */
  offlineAfterMs: z.number().int().positive(),
};

/** The newest reading of an electricity meter, with its freshness limits. */
export const energyDeviceReadingSchema = z.object({
  stream: z.literal('energy'),
  ...deliveryFields,
  reading: energyReadingSchema,
});

/** The newest reading of a heat pump, with its freshness limits. */
export const heatpumpDeviceReadingSchema = z.object({
  stream: z.literal('heatpump'),
  ...deliveryFields,
  reading: heatpumpStatusSchema,
});

/** The newest reading of a room sensor, with its freshness limits. */
export const temperatureDeviceReadingSchema = z.object({
  stream: z.literal('temperature'),
  ...deliveryFields,
  reading: temperatureReadingSchema,
});

/** The newest reading of any device. */
export const deviceReadingSchema = z.discriminatedUnion('stream', [
  energyDeviceReadingSchema,
  heatpumpDeviceReadingSchema,
  temperatureDeviceReadingSchema,
]);

export type EnergyDeviceReading = z.infer<typeof energyDeviceReadingSchema>;
export type HeatpumpDeviceReading = z.infer<typeof heatpumpDeviceReadingSchema>;
export type TemperatureDeviceReading = z.infer<
  typeof temperatureDeviceReadingSchema
>;
export type DeviceReading = z.infer<typeof deviceReadingSchema>;
