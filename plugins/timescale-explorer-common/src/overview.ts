import { z } from 'zod';
import { serverSchema } from './databases';
import { findingSchema, notJudgedSchema } from './findings';

/** The answer of `GET /databases/{database}/overview`. */
export const overviewResponseSchema = z.object({
  now: z.iso.datetime(),
  server: serverSchema,
  totals: z.object({
    hypertables: z.int(),
    chunks: z.int(),
    /** As estimated by PostgreSQL, which counts now and then; null before it did. */
    rows: z.number().nullable(),
    /** Of all hypertables. */
    bytes: z.number(),
    /** How much they grow; null without a closed chunk of the last 30 days. */
    bytesPerDay: z.number().nullable(),
  }),
  /** The heaviest first. */
  findings: z.array(findingSchema),
  /** What this database or its configuration does not let be judged. */
  notJudged: z.array(notJudgedSchema),
});

export type OverviewResponse = z.infer<typeof overviewResponseSchema>;
