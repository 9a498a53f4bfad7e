import { z } from 'zod';

const offsetSchema = z.string().regex(/^\d{1,19}$/);

/**
 * How far a subscription has read its stream: for each partition the offset of the last record
 * that was taken into account, whether or not it changed anything. Offsets are 64-bit numbers in
 * decimal and mean something only within the epoch, which changes when the Kafka topic is created
 * anew.
 */
export const positionSchema = z.strictObject({
  epoch: z.string().min(1).max(64),
  offsets: z
    .record(z.string().regex(/^\d{1,5}$/), offsetSchema)
    .refine(
      offsets => Object.keys(offsets).length <= 1_000,
      'has too many partitions',
    )
    .meta({ description: 'Offset by partition' }),
});

export type Position = z.infer<typeof positionSchema>;

/** The position after an advance: of another epoch, it replaces the earlier one. */
export function advanced(before: Position | undefined, by: Position): Position {
  if (before?.epoch !== by.epoch) return by;
  return { epoch: by.epoch, offsets: { ...before.offsets, ...by.offsets } };
}
