/**
 * Tracks whether messages arrive live or may have waited in the broker's queue: after a lost
 * connection, and while the receive window is full. A device clock without a zone can only be
 * checked against the receive time of a live message.
 */
export interface LivenessClock {
  /** A connection is up; if the session existed before, its queue is delivered first. */
  connected(nowMs: number, sessionPresent: boolean): void;
  disconnected(nowMs: number): void;
  /** The broker may not send more: later messages may have to wait. */
  windowFull(nowMs: number): void;
  /**
   * Notes a message; gives since when it may have waited, `undefined` for a live one.
   * `emptySinceMs` is when everything before it was acknowledged, if it was.
   */
  received(nowMs: number, emptySinceMs: number | undefined): number | undefined;
}

/** A broker with messages in its queue is never silent this long. */
const silenceMs = 100;

/**
 * Creates the clock of one session. Messages that waited before the process started can be
 * as old as `sessionExpiryMs`.
 */
export function createLivenessClock(options: {
  sessionExpiryMs: number;
}): LivenessClock {
  let waitingSinceMs: number | undefined;
  let lastLiveMs: number | undefined;
  let lastReceivedMs: number | undefined;

  function begin(sinceMs: number): void {
    waitingSinceMs = Math.min(waitingSinceMs ?? Infinity, sinceMs);
  }

  return {
    connected(nowMs, sessionPresent) {
      lastReceivedMs = nowMs;
      if (sessionPresent) begin(lastLiveMs ?? nowMs - options.sessionExpiryMs);
      else waitingSinceMs = undefined;
    },
    disconnected(nowMs) {
      lastLiveMs = nowMs;
    },
    windowFull: begin,
    received(nowMs, emptySinceMs) {
      if (waitingSinceMs === undefined) return undefined;
      const quietSinceMs = Math.max(
        lastReceivedMs ?? nowMs,
        emptySinceMs ?? nowMs,
      );
      lastReceivedMs = nowMs;
      if (nowMs - quietSinceMs >= silenceMs) waitingSinceMs = undefined;
      return waitingSinceMs;
    },
  };
}
