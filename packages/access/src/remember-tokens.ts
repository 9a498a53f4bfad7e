import { createHash } from 'node:crypto';
import type { Principal, VerifyToken } from './principal.ts';

/**
 * Remembers valid tokens for `forMs`, so that a page with many requests costs one look-up; a
 * revoked token is refused after that time at the latest. Tokens are kept as hashes, at most
 * `max` of them. Tokens that are not valid are not remembered.
 */
export function rememberTokens(
  verify: VerifyToken,
  options: {
    forMs?: number | undefined;
    max?: number;
    now?: () => number;
  } = {},
): VerifyToken {
  const { forMs = 5_000, max = 1_000, now = Date.now } = options;
  const known = new Map<
    string,
    { until: number; principal: Promise<Principal | undefined> }
  >();

  return async token => {
    const key = createHash('sha256').update(token).digest('base64');
    let entry = known.get(key);
    if (entry === undefined || entry.until <= now()) {
      const fresh = { until: now() + forMs, principal: verify(token) };
      entry = fresh;
      known.delete(key);
      // The oldest goes first.
      for (const oldest of known.keys()) {
        if (known.size < max) break;
        known.delete(oldest);
      }
      known.set(key, fresh);
      const forget = () => {
        if (known.get(key) === fresh) known.delete(key);
      };
      fresh.principal.then(found => {
        if (found === undefined) forget();
      }, forget);
    }
    const principal = await entry.principal;
    const expiresAtMs = principal?.expiresAtMs ?? Infinity;
    return expiresAtMs <= now() ? undefined : principal;
  };
}
