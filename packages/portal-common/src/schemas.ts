import { z } from 'zod';

/** An offset or a count of records: a 64-bit number in decimal digits. Compare as BigInt. */
export const offsetSchema = z.string().regex(/^\d{1,20}$/);

/** Whether the caller may do something and, if not, a sentence that says why. */
export const allowanceSchema = z.object({
  isAllowed: z.boolean(),
  reason: z.string().nullable(),
});
