/**
 * Lets an event through once per interval and counts the rest, so that a repeated failure
 * does not flood the log.
 */
export interface LogLimiter {
  /**
   * Whether to log the event with this key now, and how many of the same key were
   * suppressed since the last logged one.
   */
  admit(key: string): { readonly log: boolean; readonly suppressed: number };
  /** Forgets the key, so that its next event is logged at once; call it when the failure is over. */
  reset(key: string): void;
}

/** Creates a limiter; at most `maxKeys` keys are remembered, the oldest is forgotten first. */
export function createLogLimiter(
  options: { everyMs?: number; maxKeys?: number; now?: () => number } = {},
): LogLimiter {
  const { everyMs = 60_000, maxKeys = 200, now = Date.now } = options;
  const seen = new Map<string, { loggedAtMs: number; suppressed: number }>();
  return {
    admit(key) {
      const entry = seen.get(key);
      if (entry !== undefined && now() - entry.loggedAtMs < everyMs) {
        entry.suppressed += 1;
        return { log: false, suppressed: entry.suppressed };
      }
      if (entry === undefined && seen.size >= maxKeys) {
        const [oldest] = seen.keys();
        if (oldest !== undefined) seen.delete(oldest);
      }
      seen.set(key, { loggedAtMs: now(), suppressed: 0 });
      return { log: true, suppressed: entry?.suppressed ?? 0 };
    },
    reset(key) {
      seen.delete(key);
    },
  };
}
