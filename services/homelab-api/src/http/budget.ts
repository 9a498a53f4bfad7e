import { minuteMs } from '@homelab/heat-pump';
/** An amount that each key may spend in a minute. */
export interface Budget {
  /** Spends an amount; returns the seconds to wait when it is not left, else 0. */
  spend(key: string, amount: number): number;
}

const windowMs = minuteMs;
/** Keys come from verified tokens; the limit is for an issuer with many subjects. */
const maxKeys = 10_000;

/** Creates a budget in fixed windows of a minute. What is larger than all of it fits in a full one. */
export function createBudget(options: {
  perMinute: number;
  now?: () => number;
}): Budget {
  const { perMinute, now = Date.now } = options;
  const spent = new Map<string, { since: number; amount: number }>();
  return {
    spend(key, amount) {
      const time = now();
      let window = spent.get(key);
      if (window === undefined || time - window.since >= windowMs) {
        if (spent.size >= maxKeys) spent.clear();
        window = { since: time, amount: 0 };
        spent.set(key, window);
      }
      if (window.amount > 0 && window.amount + amount > perMinute)
        return Math.ceil((window.since + windowMs - time) / 1_000);
      window.amount += amount;
      return 0;
    },
  };
}
