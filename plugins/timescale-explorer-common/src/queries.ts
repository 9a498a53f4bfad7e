import { z } from 'zod';

/** The most that a query may return, so that a page stays usable and the portal's memory small. */
export const queryLimits = {
  timeoutMs: 10_000,
  rows: 100_000,
  bytes: 10_000_000,
} as const;

/** The body of `POST /databases/{database}/queries`. */
export const queryRequestSchema = z.object({
  /** Chosen by the caller, who can cancel the query by it. */
  id: z.uuid(),
  /** One statement that reads. */
  sql: z.string().trim().min(1).max(50_000),
  maxRows: z.int().min(1).max(queryLimits.rows).default(1000),
});

/** The answer of `POST /databases/{database}/queries`. */
export const queryResponseSchema = z.object({
  now: z.iso.datetime(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  /** As PostgreSQL writes them, so that no digit is lost; null is NULL. */
  rows: z.array(z.array(z.string().nullable())),
  /** Why there are no more rows: all were read, or a limit was reached. */
  endedBy: z.enum(['end', 'rows', 'bytes']),
  tookMs: z.number().nonnegative(),
});

/** The answer of `POST /databases/{database}/queries/{id}/cancel`. */
export const cancelResponseSchema = z.object({
  /** False when it had ended, or never began here. */
  wasRunning: z.boolean(),
});

export type QueryRequest = z.infer<typeof queryRequestSchema>;
export type QueryResponse = z.infer<typeof queryResponseSchema>;
export type CancelResponse = z.infer<typeof cancelResponseSchema>;
