/** Closed list of failures that a person can fix. */
export type HomelabErrorCode =
  | 'already-running'
  | 'broken-config'
  | 'broken-settings'
  | 'broken-state'
  | 'full-disk'
  | 'interrupted'
  | 'missing-program'
  | 'not-permitted'
  | 'not-ready'
  | 'process-ended'
  | 'step-failed'
  | 'used-port'
  | 'wrong-usage';

/** An expected failure: its message is one sentence (what, where, how to fix it), printed without a stack. */
export class HomelabError extends Error {
  readonly code: HomelabErrorCode;

  constructor(
    code: HomelabErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'HomelabError';
    this.code = code;
  }
}

/** The system's error code (`ENOENT`, `ENOSPC`, …) of a Node error, else undefined. */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** True when the error, or one of its causes, means that a disk is full. */
export function isFullDisk(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = systemCodeOf(cause);
    if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'full-disk')
      return true;
    if (/no space left on device/i.test(cause.message)) return true;
  }
  return false;
}

/** What the command line prints for an error; with a stack only for unexpected ones. */
export function describeError(error: unknown): string {
  if (error instanceof HomelabError) return error.message;
  if (isFullDisk(error)) {
    return `The disk is full (${messageOf(error)}). Free some space and run the command again; "./homelab reset" deletes the data of this checkout.`;
  }
  if (error instanceof Error && systemCodeOf(error) === 'EACCES') {
    return `Permission denied (${error.message}). Was the stack started as another user before? Run as that user, or change the owner of the folder with chown.`;
  }
  return error instanceof Error
    ? (error.stack ?? error.message)
    : String(error);
}
