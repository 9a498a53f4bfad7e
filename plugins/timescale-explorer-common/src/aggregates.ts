import { z } from 'zod';

/** A continuous aggregate, or a rollup that the configuration names. */
export const aggregateSchema = z.object({
  /** `schema.name`. */
  name: z.string(),
  kind: z.enum(['continuous', 'rollup']),
  /** The `schema.name` of the table or aggregate it is made of. */
  source: z.string(),
  /** Width of a bucket, such as `1 hour`; null if unknown. */
  bucket: z.string().nullable(),
  bucketMs: z.number().nullable(),
  timeZone: z.string().nullable(),
  /** Whether a query adds what is newer than the watermark; null if it does not apply. */
  isRealTime: z.boolean().nullable(),
  /** The end of what is aggregated; null when nothing is. */
  watermarkAt: z.iso.datetime().nullable(),
  /** Why the watermark is not known. */
  problem: z.string().nullable(),
  /** Changes below the watermark that wait for a refresh; null if unknown. */
  pending: z
    .object({
      count: z.number(),
      from: z.iso.datetime().nullable(),
      to: z.iso.datetime().nullable(),
    })
    .nullable(),
  /** What refreshes it; null if nothing does. */
  refresh: z
    .object({
      job: z.string(),
      startOffset: z.string().nullable(),
      endOffset: z.string().nullable(),
      everyMs: z.number().nullable(),
      lastSucceededAt: z.iso.datetime().nullable(),
      nextStartAt: z.iso.datetime().nullable(),
      lastStatus: z.string(),
    })
    .nullable(),
  bytes: z.number().nullable(),
});

/** The answer of `GET /databases/{database}/aggregates`. */
export const aggregatesResponseSchema = z.object({
  now: z.iso.datetime(),
  /** Every source before what is made of it. */
  aggregates: z.array(aggregateSchema),
  /** What this edition lacks, in one sentence. */
  note: z.string().nullable(),
});

export type Aggregate = z.infer<typeof aggregateSchema>;
export type AggregatesResponse = z.infer<typeof aggregatesResponseSchema>;
