import { setTimeout as delay } from 'node:timers/promises';

/**
 * Calls `check` until it does not throw and returns its result. Throws after
 * `timeoutMs` (default 10 000) with the last failure as cause.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  options: { timeoutMs?: number; intervalMs?: number } = {},
): Promise<T> {
  const { timeoutMs = 10_000, intervalMs = 50 } = options;
  const deadlineMs = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() + intervalMs > deadlineMs) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new Error(`Still failing after ${timeoutMs} ms: ${reason}`, {
          cause: error,
        });
      }
    }
    await delay(intervalMs);
  }
}
