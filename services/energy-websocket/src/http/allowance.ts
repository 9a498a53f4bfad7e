/** How often each key may do something in a minute. */
export interface Allowance {
  /** Counts once; returns the seconds to wait when it is used up, else 0. */
  spend(key: string): number;
}

const windowMs = 60_000;
/** Should an attacker have more, the count begins anew. */
const maxKeys = 10_000;

/** Creates an allowance in fixed windows of a minute. */
export function createAllowance(options: {
  perMinute: number;
  now?: () => number;
}): Allowance {
  const { perMinute, now = Date.now } = options;
  const spent = new Map<string, { sinceMs: number; count: number }>();
  return {
    spend(key) {
      const time = now();
      let window = spent.get(key);
      if (window === undefined || time - window.sinceMs >= windowMs) {
        if (spent.size >= maxKeys) spent.clear();
        window = { sinceMs: time, count: 0 };
        spent.set(key, window);
      }
      window.count += 1;
      return window.count <= perMinute
        ? 0
        : Math.ceil((window.sinceMs + windowMs - time) / 1_000);
    },
  };
}
