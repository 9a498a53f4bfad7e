import { z } from 'zod';
import { offsetSchema } from '@homelab/portal-common';

/*
 * Routes, under `/api/consumer-lag`:
 *
 * POST /clusters/:cluster/groups/:group/offset-resets/preview   ResetPreviewRequest, answers ResetPreview
 * POST /clusters/:cluster/groups/:group/offset-resets           ResetApplyRequest, answers OffsetReset
 * GET  /clusters/:cluster/groups/:group/offset-resets           OffsetResetsResponse
 * GET  /clusters/:cluster/offset-resets                         OffsetResetsResponse, of all groups
 * GET  /clusters/:cluster/offset-resets/:id/undo                UndoPreview
 * POST /clusters/:cluster/offset-resets/:id/undo                UndoRequest, answers OffsetReset
 *
 * A group that has members, or has moved since the preview, answers 409.
 */

const partition = z.int().min(0).max(2_147_483_647);
const time = z.iso.datetime();

/** The new position in each partition. */
export const resetTargetSchema = z.discriminatedUnion('kind', [
  /** The oldest record. */
  z.strictObject({ kind: z.literal('earliest') }),
  /** After the newest record. */
  z.strictObject({ kind: z.literal('latest') }),
  /** The first record at or after that time; after the newest when there is none. */
  z.strictObject({ kind: z.literal('timestamp'), at: time }),
  /** This offset in every selected partition. */
  z.strictObject({ kind: z.literal('offset'), offset: offsetSchema }),
  /** This many records forward; backward when negative. */
  z.strictObject({
    kind: z.literal('shift'),
    by: z.int().refine(by => by !== 0, 'a shift by 0 changes nothing'),
  }),
]);

/** The body of `POST …/offset-resets/preview`. */
export const resetPreviewRequestSchema = z.strictObject({
  target: resetTargetSchema,
  /** All topics with commits when absent; all partitions without `partitions`. */
  topics: z
    .array(
      z.strictObject({
        topic: z.string().min(1).max(249),
        partitions: z.array(partition).min(1).max(10_000).optional(),
      }),
    )
    .min(1)
    .max(1_000)
    .optional(),
});

/** The effect of a reset on one partition. Counts come from offsets, so they are upper bounds. */
export const resetPartitionSchema = z.object({
  topic: z.string(),
  partition,
  /** Offset of the oldest record. */
  low: offsetSchema,
  /** Offset after the newest record. */
  high: offsetSchema,
  /** The committed offset; null when there is none or it expired. */
  from: offsetSchema.nullable(),
  to: offsetSchema,
  /** Records that the group will skip. */
  skipped: offsetSchema,
  /** Records that it will read again. */
  replayed: offsetSchema,
  /** True when the target is no longer or not yet in the topic, and `to` is the nearest offset that is. */
  isClamped: z.boolean(),
});

/** A partition that stays unchanged, and why. */
export const resetProblemSchema = z.object({
  topic: z.string(),
  /** Null for the whole topic. */
  partition: partition.nullable(),
  /** Kafka's error name, or `NOT_COMMITTED` when there is no offset to shift. */
  code: z.string(),
  message: z.string(),
});

/** The answer of `POST …/offset-resets/preview`, which changes nothing. */
export const resetPreviewSchema = z.object({
  now: time,
  cluster: z.string(),
  group: z.string(),
  target: resetTargetSchema,
  /** As Kafka reports it, such as `Empty` or `Stable`; null when it did not. */
  state: z.string().nullable(),
  /** The reset can only be applied while this is true. */
  isGroupEmpty: z.boolean(),
  /** Members that must be stopped first. */
  memberCount: z.int().nonnegative(),
  partitions: z.array(resetPartitionSchema),
  problems: z.array(resetProblemSchema),
  /** Sums over all partitions. */
  skipped: offsetSchema,
  replayed: offsetSchema,
  /** Warnings, one sentence each. */
  warnings: z.array(z.string()),
  /** Pass it to apply exactly this preview; null when nothing would change. */
  previewToken: z.uuid().nullable(),
  /** When the token expires. */
  expiresAt: time.nullable(),
});

/** The body of `POST …/offset-resets`. */
export const resetApplyRequestSchema = z.strictObject({
  previewToken: z.uuid(),
  /** The name of the group, typed. */
  confirmation: z.string(),
});

/**
 * - `applying`: started; if it stays so, its process died and the offsets may or may not be set
 * - `applied`: every offset is set
 * - `failed`: Kafka refused
 * - `undone`: the previous offsets are set again
 */
export const resetStates = ['applying', 'applied', 'failed', 'undone'] as const;

/** A reset that was applied or attempted. */
export const offsetResetSchema = z.object({
  id: z.uuid(),
  cluster: z.string(),
  group: z.string(),
  target: resetTargetSchema,
  state: z.enum(resetStates),
  /** Who applied it, as user entity ref, and when. */
  by: z.string(),
  at: time,
  partitions: z.array(
    resetPartitionSchema.pick({
      topic: true,
      partition: true,
      from: true,
      to: true,
      skipped: true,
      replayed: true,
    }),
  ),
  skipped: offsetSchema,
  replayed: offsetSchema,
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  undoneBy: z.string().nullable(),
  undoneAt: time.nullable(),
});

/** The answer of `GET …/offset-resets`: at most 100, newest first. */
export const offsetResetsResponseSchema = z.object({
  now: time,
  resets: z.array(offsetResetSchema),
});

/** The answer of `GET …/undo`: what an undo would do now. */
export const undoPreviewSchema = z.object({
  now: time,
  reset: offsetResetSchema,
  isGroupEmpty: z.boolean(),
  /** Partitions where the group has read on since the reset; they would go back to `from` too. */
  moved: z.array(
    z.object({
      topic: z.string(),
      partition,
      /** What the reset set. */
      to: offsetSchema,
      /** The committed offset now; null when it is gone. */
      current: offsetSchema.nullable(),
    }),
  ),
  /** Partitions without an offset before the reset; Kafka cannot remove one. */
  notRestorable: z.array(z.object({ topic: z.string(), partition })),
  /** Why it cannot be undone now, in one sentence; null when it can. */
  refusal: z.string().nullable(),
});

/** The body of `POST …/undo`. */
export const undoRequestSchema = z.strictObject({
  /** The name of the group, typed. */
  confirmation: z.string(),
  /** Must be true when the undo preview names partitions that moved. */
  evenIfMoved: z.boolean().default(false),
});

export type ResetTarget = z.infer<typeof resetTargetSchema>;
export type ResetPreviewRequest = z.infer<typeof resetPreviewRequestSchema>;
export type ResetPartition = z.infer<typeof resetPartitionSchema>;
export type ResetProblem = z.infer<typeof resetProblemSchema>;
export type ResetPreview = z.infer<typeof resetPreviewSchema>;
export type ResetApplyRequest = z.infer<typeof resetApplyRequestSchema>;
export type ResetState = (typeof resetStates)[number];
export type OffsetReset = z.infer<typeof offsetResetSchema>;
export type OffsetResetsResponse = z.infer<typeof offsetResetsResponseSchema>;
export type UndoPreview = z.infer<typeof undoPreviewSchema>;
export type UndoRequest = z.infer<typeof undoRequestSchema>;
