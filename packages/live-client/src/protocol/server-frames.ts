import { z } from 'zod';
import { liveErrorCodes } from './errors.ts';
import { liveReadingSchema } from './live-reading.ts';
import { positionSchema } from './position.ts';

const sentAt = z.iso
  .datetime()
  .describe(
    'The clock of the server, so that ages are true where the clock of the client is wrong',
  );

/** Names the readings of a subscription within one connection; chosen by the server. */
const channel = z.string().min(1);

/** Whether live readings reach the server; `detail` is a sentence for people. */
export const pipelineStatusSchema = z.object({
  ok: z.boolean(),
  detail: z.string(),
});

/** The first frame of every connection. */
export const helloFrameSchema = z
  .object({
    type: z.literal('hello'),
    version: z.int(),
    sentAt,
    pipeline: pipelineStatusSchema,
  })
  .meta({ title: 'Hello' });

/** Confirms a subscription and says in which channel its readings come. */
export const subscribedFrameSchema = z
  .object({
    type: z.literal('subscribed'),
    id: z.string(),
    channel,
    outcome: z
      .enum(['snapshot', 'resumed', 'gap'])
      .describe(
        'What follows: a snapshot; the changes since `resumeFrom`; or a gap and a snapshot',
      ),
  })
  .meta({ title: 'Subscribed' });

/** Confirms the end of a subscription. */
export const unsubscribedFrameSchema = z
  .object({ type: z.literal('unsubscribed'), id: z.string() })
  .meta({ title: 'Unsubscribed' });

/** The newest reading of every device of a subscription; replaces all that was known. */
export const snapshotFrameSchema = z
  .object({
    type: z.literal('snapshot'),
    channel,
    sentAt,
    position: positionSchema,
    readings: z.array(liveReadingSchema),
  })
  .meta({ title: 'Snapshot' });

/**
 * Newer readings, oldest first. Those of the last 50 ms come in one frame, in which a device that
 * changed more than once has only its newest reading. Without readings it only tells a position.
 */
export const changesFrameSchema = z
  .object({
    type: z.literal('changes'),
    channel,
    sentAt,
    position: positionSchema.describe('Only the partitions that advanced'),
    readings: z.array(liveReadingSchema),
    joined: z
      .int()
      .min(0)
      .describe(
        'Readings that are not in the frame, because a newer one of the same device is',
      ),
  })
  .meta({ title: 'Changes' });

/** Why readings were missed. */
export const gapReasons = [
  'position_too_old',
  'position_unknown',
  'source_restarted',
] as const;

/** Readings were missed and cannot be had any more; a snapshot follows. */
export const gapFrameSchema = z
  .object({
    type: z.literal('gap'),
    channel,
    sentAt,
    reason: z
      .enum(gapReasons)
      .describe(
        'The server does not remember so much; the position is of another Kafka topic or ahead of it; or Kafka deleted records before they were read',
      ),
  })
  .meta({ title: 'Gap' });

/** The answer to a ping. */
export const pongFrameSchema = z
  .object({ type: z.literal('pong'), id: z.string().optional(), sentAt })
  .meta({ title: 'Pong' });

/** Live readings began or ceased to reach the server. */
export const statusFrameSchema = z
  .object({
    type: z.literal('status'),
    sentAt,
    pipeline: pipelineStatusSchema,
  })
  .meta({ title: 'Status' });

/** Why the server closes the connection, which follows. */
export const errorFrameSchema = z
  .object({
    type: z.literal('error'),
    code: z.enum(liveErrorCodes).describe('Stable; the words are not'),
    message: z.string().describe('What is wrong and how to mend it'),
    id: z.string().optional().describe('The subscription that it is about'),
  })
  .meta({ title: 'Error' });

/** A frame from the server to the client. */
export const serverFrameSchema = z.discriminatedUnion('type', [
  helloFrameSchema,
  subscribedFrameSchema,
  unsubscribedFrameSchema,
  snapshotFrameSchema,
  changesFrameSchema,
  gapFrameSchema,
  pongFrameSchema,
  statusFrameSchema,
  errorFrameSchema,
]);

export type PipelineStatus = z.infer<typeof pipelineStatusSchema>;
export type SnapshotFrame = z.infer<typeof snapshotFrameSchema>;
export type ChangesFrame = z.infer<typeof changesFrameSchema>;
export type GapReason = (typeof gapReasons)[number];
export type ErrorFrame = z.infer<typeof errorFrameSchema>;
export type ServerFrame = z.infer<typeof serverFrameSchema>;
