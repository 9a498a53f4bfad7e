import { z } from 'zod';
import { runKinds } from '../runs/step-runs.ts';

/** A stretch of time in which something was the case. Times are ISO 8601 in UTC. */
export const bandSchema = z.object({
  kind: z.enum(runKinds),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** It began before the first reading of the range, so `from` is not its start. */
  openStart: z.boolean(),
  /** It had not ended at the last reading, or readings stop, so `to` is not its end. */
  openEnd: z.boolean(),
  /** More words, such as the names of the alarms. */
  label: z.string().nullable(),
});

export type Band = z.infer<typeof bandSchema>;
export type BandKind = Band['kind'];
