import { z } from 'zod';

const price = z.number().min(-1_000).max(1_000);
const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day such as 06:00');

const flat = z.strictObject({ kind: z.literal('flat'), pricePerKwh: price });

const dayNight = z.strictObject({
  kind: z.literal('day-night'),
  /** From `from` to `to` in local time, which may be past midnight. */
  day: z.strictObject({ from: clock, to: clock, pricePerKwh: price }),
  night: z.strictObject({ pricePerKwh: price }),
  /** Days of the week on which the night price holds all day: 6 and 7 are the weekend. */
  nightOnlyDays: z.array(z.int().min(1).max(7)).max(7).default([]),
});

const hourly = z.strictObject({
  kind: z.literal('hourly'),
  slotMinutes: z.union([z.literal(60), z.literal(15)]).default(60),
  /** Of the prices; exchanges trade MWh. */
  unit: z.enum(['kWh', 'MWh']).default('kWh'),
  prices: z
    .array(
      z.strictObject({
        start: z.iso.datetime({ offset: true }),
        price: z.number().min(-1e6).max(1e6),
      }),
    )
    .max(200_000),
});

const prices = z.discriminatedUnion('kind', [flat, dayNight, hourly]);

/** A tariff as its file has it, in YAML or JSON. */
export const tariffSchema = z.strictObject({
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/, 'write a currency such as EUR'),
  import: prices,
  /** What is paid for export; nothing when absent. */
  export: prices.optional(),
  /** On top of the price of each imported kWh, before VAT. */
  feesPerKwh: price.default(0),
  vatPercent: z.number().min(0).max(100).default(0),
});

/** A tariff, parsed. */
export type Tariff = z.output<typeof tariffSchema>;

/** Prices of one direction. */
export type Prices = z.output<typeof prices>;
