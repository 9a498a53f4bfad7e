import { z } from 'zod';

/** A hypertable in a list. */
export const hypertableSchema = z.object({
  schema: z.string(),
  name: z.string(),
  owner: z.string(),
  timeColumn: z.string(),
  /** Null for a table partitioned by integers. */
  chunkIntervalMs: z.number().nullable(),
  /** All with indexes and TOAST, rowstore and columnstore. */
  bytes: z.number(),
  /** As estimated by PostgreSQL; null before it counted. */
  rows: z.number().nullable(),
  chunks: z.int(),
  columnstoreChunks: z.int(),
  /** Size of the typical closed chunk; null without one. */
  medianChunkBytes: z.number().nullable(),
  /** How much it grows by its closed chunks of the last 30 days. */
  bytesPerDay: z.number().nullable(),
  oldestAt: z.iso.datetime().nullable(),
  newestAt: z.iso.datetime().nullable(),
  hasUniqueKey: z.boolean(),
  /** Whether it may have a columnstore at all. */
  isColumnstoreOn: z.boolean(),
  segmentBy: z.string().nullable(),
  orderBy: z.string().nullable(),
});

/**
 * How a chunk is stored.
 * - `rowstore`: rows, as PostgreSQL has them
 * - `columnstore`: converted to columns
 * - `partial`: columns, with rows that came later
 */
export const chunkStates = ['rowstore', 'columnstore', 'partial'] as const;

export const chunkSchema = z.object({
  name: z.string(),
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
  state: z.enum(chunkStates),
  bytes: z.number(),
  /** As estimated; null before PostgreSQL counted, and in the columnstore. */
  rows: z.number().nullable(),
});

/** A time on the axis of chunks from which a policy acts. */
export const policyEdgeSchema = z.object({
  kind: z.enum(['retention', 'columnstore', 'refresh']),
  at: z.iso.datetime(),
  /** `drops chunks older than 90 days`. */
  words: z.string(),
});

/** The answer of `GET /databases/{database}/hypertables`. */
export const hypertablesResponseSchema = z.object({
  now: z.iso.datetime(),
  hypertables: z.array(hypertableSchema),
});

/** The answer of `GET /databases/{database}/hypertables/{schema}/{name}`. */
export const hypertableResponseSchema = z.object({
  now: z.iso.datetime(),
  hypertable: hypertableSchema,
  /** The oldest first. */
  chunks: z.array(chunkSchema),
  edges: z.array(policyEdgeSchema),
  /** Sizes of what is in the columnstore, at its conversion; null without such chunks. */
  conversion: z
    .object({ chunks: z.int(), bytesBefore: z.number(), bytesNow: z.number() })
    .nullable(),
  indexes: z.array(
    z.object({
      name: z.string(),
      definition: z.string(),
      bytes: z.number(),
      scans: z.number(),
    }),
  ),
  jobs: z.array(z.string()),
});

export type Hypertable = z.infer<typeof hypertableSchema>;
export type Chunk = z.infer<typeof chunkSchema>;
export type ChunkState = (typeof chunkStates)[number];
export type PolicyEdge = z.infer<typeof policyEdgeSchema>;
export type HypertablesResponse = z.infer<typeof hypertablesResponseSchema>;
export type HypertableResponse = z.infer<typeof hypertableResponseSchema>;
