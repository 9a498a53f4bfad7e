import { z } from 'zod';
import { knownNumberSchema, zonedTimeSchema } from './time.ts';

/** Energy of one meter in one hour or local day. */
export const energyBucketSchema = z.object({
  timestamp: zonedTimeSchema.describe(
    'Start of the hour or local day, with its offset',
  ),
  device_id: z.string(),
  energy_kwh: knownNumberSchema.describe(
    'Imported energy; null where nothing is known',
  ),
  production_kwh: knownNumberSchema.describe(
    'Exported energy; null where nothing is known',
  ),
  power_kw: knownNumberSchema.describe('Mean of the imported power'),
  power_kw_min: knownNumberSchema,
  power_kw_max: knownNumberSchema,
  coverage: z
    .number()
    .describe(
      'Part of the bucket, as far as it has passed, with readings; 0 to 1',
    ),
  estimated: z
    .boolean()
    .describe(
      'Part of the energy was interpolated over a gap or a restart of the counter, or a reading holds an estimate',
    ),
});

/** Answer of `GET /api/v1/energy/hourly` and `/daily`. */
export const energyBucketsSchema = z.object({
  time_zone: z.string(),
  data: z.array(energyBucketSchema).describe('By meter, then by time'),
});

/** Energy of a meter between two times. */
export const energySpanSchema = z.object({
  from: zonedTimeSchema,
  to: zonedTimeSchema,
  energy_kwh: knownNumberSchema,
  coverage: z.number(),
  estimated: z.boolean(),
});

/** Today of one meter beside other days. */
export const meterComparisonSchema = z.object({
  device_id: z.string(),
  today: energySpanSchema.describe('From midnight until now'),
  yesterday: energySpanSchema.describe('Until the same time of day'),
  yesterday_total: energySpanSchema,
  similar_days: z
    .array(
      energySpanSchema.extend({
        outdoor_temp: z.number().describe('Mean until the same time, °C'),
      }),
    )
    .describe('The days of the last 90 whose outdoor temperature was nearest'),
  similar_mean_kwh: knownNumberSchema,
});

/** Answer of `GET /api/v1/energy/comparison`. */
export const energyComparisonSchema = z.object({
  time_zone: z.string(),
  outdoor_temp: knownNumberSchema.describe(
    'Mean of today, °C; null without an outdoor sensor',
  ),
  data: z.array(meterComparisonSchema),
});

/** What the energy of one meter cost in one hour or local day. */
export const energyCostSchema = z.object({
  timestamp: zonedTimeSchema,
  device_id: z.string(),
  energy_kwh: knownNumberSchema,
  cost: knownNumberSchema.describe(
    'Of the imported energy; negative when prices are',
  ),
  production_kwh: knownNumberSchema,
  revenue: knownNumberSchema.describe('For the exported energy'),
  priced_share: z
    .number()
    .describe('Part of the hours whose energy and price are known; 0 to 1'),
  coverage: z
    .number()
    .describe('Part of the hours that have passed with readings; 0 to 1'),
  estimated: z.boolean(),
});

/** Answer of `GET /api/v1/energy/cost`. */
export const energyCostsSchema = z.object({
  time_zone: z.string(),
  currency: z.string().nullable(),
  unavailable: z
    .string()
    .nullable()
    .describe('Why there are no costs, such as a missing tariff; else null'),
  data: z.array(energyCostSchema),
});

/** The price of energy in one slot. */
export const energyPriceSchema = z.object({
  from: zonedTimeSchema,
  to: zonedTimeSchema,
  price: z
    .number()
    .describe('Of an imported kWh, with fees and VAT; may be negative'),
  export_price: knownNumberSchema.describe('For an exported kWh'),
});

/** Answer of `GET /api/v1/energy/prices`. */
export const energyPricesSchema = z.object({
  time_zone: z.string(),
  currency: z.string().nullable(),
  unavailable: z
    .string()
    .nullable()
    .describe('Why there are no prices, such as a missing tariff; else null'),
  data: z.array(energyPriceSchema),
});

export type EnergyPrices = z.infer<typeof energyPricesSchema>;
export type EnergyBuckets = z.infer<typeof energyBucketsSchema>;
export type EnergyComparison = z.infer<typeof energyComparisonSchema>;
export type MeterComparison = z.infer<typeof meterComparisonSchema>;
export type EnergyCosts = z.infer<typeof energyCostsSchema>;
