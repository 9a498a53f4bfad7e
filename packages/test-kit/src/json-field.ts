import { z } from 'zod';

/** A variable that contains JSON of this shape. */
export function jsonField<Schema extends z.ZodType>(inner: Schema) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('it must be JSON');
        return z.NEVER;
      }
    })
    .pipe(inner);
}
