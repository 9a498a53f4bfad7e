import { deviceIdSchema, streams } from '@homelab/telemetry';
import { z } from 'zod';
import { liveLimits } from './limits.ts';
import { positionSchema } from './position.ts';

/** Names a subscription or a ping; chosen by the client. */
const idSchema = z.string().min(1).max(64);

/**
 * Asks for the newest readings of a stream and every change from then on. The answer is
 * `subscribed`, then a `snapshot`, or after `resumeFrom` the missed `changes` or a `gap` and a
 * `snapshot`.
 */
export const subscribeFrameSchema = z
  .strictObject({
    type: z.literal('subscribe'),
    id: idSchema,
    stream: z.enum(streams),
    deviceIds: z
      .array(deviceIdSchema)
      .min(1)
      .max(liveLimits.maxDevices)
      .optional()
      .describe('Only these devices; all of the stream by default'),
    fields: z
      .array(z.string().min(1).max(64))
      .min(1)
      .max(liveLimits.maxFields)
      .optional()
      .describe(
        'Only these fields of the measurement registry; all by default. Time and device are always sent',
      ),
    resumeFrom: positionSchema
      .optional()
      .describe('The last position that was read, to miss nothing'),
  })
  .meta({ title: 'Subscribe' });

/** Ends a subscription; the answer is `unsubscribed`. */
export const unsubscribeFrameSchema = z
  .strictObject({ type: z.literal('unsubscribe'), id: idSchema })
  .meta({ title: 'Unsubscribe' });

/** Asks whether the server is there; the answer is `pong`. */
export const pingFrameSchema = z
  .strictObject({ type: z.literal('ping'), id: idSchema.optional() })
  .meta({ title: 'Ping' });

/** A frame from the client to the server. */
export const clientFrameSchema = z.discriminatedUnion('type', [
  subscribeFrameSchema,
  unsubscribeFrameSchema,
  pingFrameSchema,
]);

export type SubscribeFrame = z.infer<typeof subscribeFrameSchema>;
export type ClientFrame = z.infer<typeof clientFrameSchema>;
