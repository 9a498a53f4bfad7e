import { ResponseError } from '@backstage/errors';

/** Why something failed, in the words of whoever knows it best: the backend's, if it said so. */
export function reasonOf(error: unknown): string {
  if (error instanceof ResponseError) return error.cause.message;
  return error instanceof Error ? error.message : String(error);
}

/** Whether a backend refused because a permission is missing. */
export function isRefused(error: unknown): boolean {
  return (
    error instanceof Error && 'statusCode' in error && error.statusCode === 403
  );
}
