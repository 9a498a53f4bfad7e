import { WebSocket } from 'ws';
import type { LiveErrorCode } from '@homelab/live-client';
import { errorFrame } from './frame-error.ts';

/** What the close codes mean that `ws` chooses itself when a frame breaks the rules. */
const codes: Readonly<Record<number, LiveErrorCode>> = {
  1002: 'frame_malformed',
  1007: 'frame_malformed',
  1009: 'frame_too_large',
};

/** How long a client may take to answer a close. */
const closeTimeoutMs = 3_000;

/**
 * A socket that also says why `ws` itself closes it. Frames that are too large or not valid are
 * refused before any of our code sees them, and `ws` then closes with a bare number. A client that
 * does not answer is cut off sooner than `ws` would.
 */
export class LiveSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    const cut = setTimeout(() => this.terminate(), closeTimeoutMs);
    this.once('close', () => clearTimeout(cut));
    const error = code === undefined ? undefined : codes[code];
    const isOurs = reason !== undefined;
    if (error === undefined || isOurs || this.readyState !== WebSocket.OPEN) {
      super.close(code, reason);
      return;
    }
    this.send(errorFrame(error).frame);
    super.close(code, error);
  }
}
