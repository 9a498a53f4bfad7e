import { InputError } from '@backstage/errors';
import type { z } from 'zod';

/**
 * Parses the path, query or body of a request.
 * @throws InputError that names every bad key
 */
export function parseRequest<T extends z.ZodType>(
  schema: T,
  part: unknown,
): z.output<T> {
  const result = schema.safeParse(part);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    issue => `${issue.path.join('.') || 'request'}: ${issue.message}`,
  );
  throw new InputError(`The request is not valid: ${problems.join('; ')}`);
}
