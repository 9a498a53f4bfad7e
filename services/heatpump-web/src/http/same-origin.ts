import type { IncomingHttpHeaders } from 'node:http';

/**
 * Tells whether a browser says that our own page sent a request. What other sites let a browser
 * send carries their origin; a program that sends neither header has no cookie to abuse.
 *
 * @param publicUrl where browsers reach the page, if that is configured
 */
export function isSameOrigin(
  headers: IncomingHttpHeaders,
  publicUrl: string | undefined,
): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin, host } = headers;
  if (origin === undefined) return site === 'same-origin';
  const parsed = URL.parse(origin);
  if (parsed === null) return false;
  return publicUrl === undefined
    ? parsed.host === host
    : parsed.origin === new URL(publicUrl).origin;
}
