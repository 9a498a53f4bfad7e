import { z } from 'zod';

/** An offset or a count of records: decimal digits of a 64 bit number. Compare as BigInt. */
export const offsetSchema = z.string().regex(/^\d{1,20}$/);

/** Whether the caller may do something; why not, in a sentence, when not. */
export const allowanceSchema = z.object({
  isAllowed: z.boolean(),
  reason: z.string().nullable(),
});
