import { z } from 'zod';

/** The topic of the events service on which the end of a redrive is told. */
export const redriveEndedTopic = 'dead-letters.redrive-ended';

/** The payload of {@link redriveEndedTopic}. */
export const redriveEndedSchema = z.object({
  cluster: z.string(),
  /** The dead-letter topic. */
  topic: z.string(),
  /** Where letters went, and how many. */
  targets: z.array(z.object({ target: z.string(), letters: z.number() })),
});

export type RedriveEnded = z.infer<typeof redriveEndedSchema>;
