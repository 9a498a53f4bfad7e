/**
 * Why something failed: the backend's message if there is one. Backstage's `ResponseError`
 * carries it as its cause.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause, message, name } = error;
  return name === 'ResponseError' && cause instanceof Error
    ? cause.message
    : message;
}

/** Whether the backend rejected the request because a permission is missing. */
export function isRefused(error: unknown): boolean {
  return (
    error instanceof Error && 'statusCode' in error && error.statusCode === 403
  );
}
