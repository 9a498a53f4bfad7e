import type { IncomingMessage, ServerResponse } from 'node:http';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

function hostnameOf(host: string | undefined): string | undefined {
  const url = `http://${host ?? ''}`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

/**
 * Refuses, with status 421, requests that name another host than the portal's own.
 *
 * Whoever reaches the portal is the guest. A page elsewhere on the web could let its own
 * name resolve to this machine and so read the portal from the visitor's browser; the name
 * it has to send gives it away.
 *
 * @param baseUrl - where the portal is opened; loopback names are always accepted
 */
export function requireKnownHost(baseUrl: string) {
  const known = new Set([new URL(baseUrl).hostname, ...loopback]);
  return (
    request: IncomingMessage,
    response: ServerResponse,
    next: () => void,
  ): void => {
    const hostname = hostnameOf(request.headers.host);
    if (hostname !== undefined && known.has(hostname)) {
      next();
      return;
    }
    response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(
      `This portal answers at ${baseUrl} only. To open it under another name, set backend.baseUrl and app.baseUrl to it.\n`,
    );
  };
}
