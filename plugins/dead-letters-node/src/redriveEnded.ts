import { z } from 'zod';

/** The topic of the events service that announces the end of a redrive. */
export const redriveEndedTopic = 'dead-letters.redrive-ended';

/** The payload of {@link redriveEndedTopic}. */
export const redriveEndedSchema = z.object({
  cluster: z.string(),
  /** The dead-letter topic. */
  topic: z.string(),
  /** Kafka topics, and the number of letters sent to each. */
  targets: z.array(z.object({ target: z.string(), letters: z.number() })),
});

export type RedriveEnded = z.infer<typeof redriveEndedSchema>;
