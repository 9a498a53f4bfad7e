import { ResponseError } from '@backstage/errors';

/** Why something failed: the backend's message if there is one. */
export function reasonOf(error: unknown): string {
  if (error instanceof ResponseError) return error.cause.message;
  return error instanceof Error ? error.message : String(error);
}

/** Whether the backend rejected the request because a permission is missing. */
export function isRefused(error: unknown): boolean {
  return (
    error instanceof Error && 'statusCode' in error && error.statusCode === 403
  );
}
