/**
 * Knows whether messages come live or may have waited in the broker's queue: after a
 * cut, and while the receive window is full. A device clock without zone can be judged
 * by the receive time of a live message only.
 */
export interface LivenessClock {
  /** A connection is up; with a session of before, its queue comes first. */
  connected(nowMs: number, sessionPresent: boolean): void;
  disconnected(nowMs: number): void;
  /** The broker may not send more: whatever comes next may wait. */
  windowFull(nowMs: number): void;
  /**
   * A message has come: since when it may have waited, `undefined` for a live one.
   * `emptySinceMs` is when everything before it was acknowledged, if it was.
   */
  received(nowMs: number, emptySinceMs: number | undefined): number | undefined;
}

/** A broker with something in its queue does not stay silent that long. */
const silenceMs = 100;

/**
 * Creates the clock of one session. What waited before the process started can be as
 * old as the session, `sessionExpiryMs`.
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
