import { liveErrors } from '@homelab/live-client';
import type { LiveErrorCode } from '@homelab/live-client';

/** A client cannot go on; it is told the code and then disconnected. */
export class FrameError extends Error {
  readonly code: LiveErrorCode;
  /** The subscription that it is about. */
  readonly id: string | undefined;

  constructor(code: LiveErrorCode, message: string, id?: string) {
    super(message);
    this.name = 'FrameError';
    this.code = code;
    this.id = id;
  }
}

/** The error frame, and the close code that follows. */
export function errorFrame(
  code: LiveErrorCode,
  message: string = `${liveErrors[code][2]}.`,
  id?: string,
): { frame: string; closeCode: number } {
  return {
    frame: JSON.stringify({
      type: 'error',
      code,
      message,
      ...(id !== undefined && { id }),
    }),
    closeCode: liveErrors[code][0],
  };
}
