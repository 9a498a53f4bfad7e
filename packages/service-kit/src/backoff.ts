/** Waiting times that double from `minMs` to `maxMs`, each randomly shortened by up to half. */
export interface Backoff {
  /** The next waiting time in milliseconds. */
  nextMs(): number;
  /** Starts again at the shortest wait; call it after a success. */
  reset(): void;
}

/**
 * Creates a backoff. `random` returns numbers in [0, 1); the jitter keeps clients of one
 * failed server from reconnecting in step.
 */
export function createBackoff(options: {
  minMs: number;
  maxMs: number;
  random?: () => number;
}): Backoff {
  const { minMs, maxMs, random = Math.random } = options;
  let ceilingMs = minMs;
  return {
    nextMs() {
      const waitMs = Math.round(ceilingMs * (1 - random() / 2));
      ceilingMs = Math.min(ceilingMs * 2, maxMs);
      return waitMs;
    },
    reset() {
      ceilingMs = minMs;
    },
  };
}
