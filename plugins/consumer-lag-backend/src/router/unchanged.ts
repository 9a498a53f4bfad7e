import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';

/**
 * Answers 304 and returns true if the client already has the answer for this `state`, which the
 * answer is made from.
 *
 * `now` is not part of the state: with a 304 it is in the header `date`.
 */
export function isUnchanged(
  request: Request,
  response: Response,
  state: unknown,
): boolean {
  const hash = createHash('sha256')
    .update(JSON.stringify([request.originalUrl, state]))
    .digest('base64url');
  // Weak: the same state, but not the same bytes.
  const etag = `W/"${hash.slice(0, 22)}"`;
  // Cached by this user's browser only, and always revalidated.
  response.set({ etag, 'cache-control': 'private, no-cache' });
  // Not `request.fresh`: a browser whose page asks for revalidation adds `cache-control: no-cache`.
  const known = request.headers['if-none-match']?.split(/,\s*/) ?? [];
  if (!known.includes(etag)) return false;
  response.status(304).end();
  return true;
}
