import type { RedriveRequest } from '@homelab/plugin-dead-letters-common';
import {
  redriveSelectionSchema,
  redriveStates,
} from '@homelab/plugin-dead-letters-common';
import { z } from 'zod';

const placeSchema = z.object({ partition: z.number(), offset: z.string() });

const requestSchema = z.object({
  selection: redriveSelectionSchema,
  limit: z.number().nullable(),
  againBefore: z.string().nullable(),
});

const attemptSchema = z.object({
  by: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
});

const failureSchema = z.object({ code: z.string(), message: z.string() });
/** Databases return 64-bit numbers as text. */
const count = z.coerce.number();

/** Parses a row of the database. */
export const rowSchema = z.object({
  id: z.string(),
  cluster: z.string(),
  topic: z.string(),
  dry_run: z.coerce.boolean(),
  dry_run_id: z.string().nullable(),
  state: z.enum(redriveStates),
  request: jsonOf(requestSchema),
  through: jsonOf(z.array(placeSchema)),
  rate_per_second: count,
  again_before_ms: count.nullable(),
  expected: count.nullable(),
  sent: jsonOf(z.record(z.string(), z.number())),
  redriven_before: count,
  origin_unknown: count,
  failure: jsonOf(failureSchema).nullable(),
  attempts: jsonOf(z.array(attemptSchema)),
  cancelled_by: z.string().nullable(),
  created_at_ms: count,
  updated_at_ms: count,
  ended_at_ms: count.nullable(),
  lease_owner: z.string().nullable(),
  lease_until_ms: count.nullable(),
});

function jsonOf<T extends z.ZodType>(schema: T) {
  return z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
}

/** The request of a redrive, in a form that can be compared. */
export type StoredRequest = z.infer<typeof requestSchema>;

/** A stored redrive. */
export type StoredRedrive = z.infer<typeof rowSchema>;

/** The request in the form that is stored, for comparison with a dry run. */
export function requestOf({
  selection,
  limit,
  againBefore,
}: RedriveRequest): StoredRequest {
  return {
    selection,
    limit: limit ?? null,
    againBefore: againBefore ?? null,
  };
}
