import { request as httpRequest } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Logger } from '@homelab/service-kit';
import { isSameOrigin } from '../http/same-origin.ts';
import type { WebMetrics } from '../metrics.ts';
import type { Session, Sessions } from '../session/sessions.ts';

/** The path of live readings, as the API has it. */
export const livePath = '/api/v1/live';

const maxSockets = 200;
const maxSocketsOfSession = 20;
const handshakeMs = 10_000;
const checkIntervalMs = 60_000;

/** What of the handshake is passed on; above all neither the cookie nor the origin. */
const passedHeaders = [
  'connection',
  'upgrade',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
] as const;

/**
 * Joins the WebSocket of a signed-in page with that of the live server, to which the handshake
 * carries our token. Bytes pass as they are, so that each side slows the other down, and the
 * socket ends with the session.
 */
export function addLiveProxy(
  server: Server,
  deps: {
    url: string;
    token: string;
    publicUrl: string | undefined;
    findSession: (
      request: IncomingMessage,
    ) => Promise<{ id: string; session: Session } | undefined>;
    sessions: Pick<Sessions, 'find' | 'onEnd'>;
    metrics: WebMetrics;
    logger: Logger;
  },
): { stop(): void } {
  const { metrics, logger } = deps;
  const open = new Map<Duplex, { key: string; id: string }>();

  function refuse(
    socket: Duplex,
    status: string,
    reason?: 'signed-out' | 'cross-site' | 'sockets',
  ): void {
    if (reason) metrics.refused.inc({ reason });
    socket.end(
      `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
    );
  }

  function hasRoom(key: string): boolean {
    const own = [...open.values()].filter(one => one.key === key).length;
    return open.size < maxSockets && own < maxSocketsOfSession;
  }

  async function handle(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    const [path = '', query] = (request.url ?? '').split('?');
    if (path !== livePath) return refuse(socket, '404 Not Found');
    if (!isSameOrigin(request.headers, deps.publicUrl))
      return refuse(socket, '403 Forbidden', 'cross-site');
    const found = await deps.findSession(request);
    if (found === undefined)
      return refuse(socket, '401 Unauthorized', 'signed-out');
    const { key } = found.session;
    if (!hasRoom(key))
      return refuse(socket, '503 Service Unavailable', 'sockets');
    if (socket.destroyed) return undefined;
    open.set(socket, { key, id: found.id });
    metrics.liveSockets.set(open.size);
    const forget = deps.sessions.onEnd(key, () => socket.destroy());
    socket.once('close', () => {
      forget();
      open.delete(socket);
      metrics.liveSockets.set(open.size);
    });
    return connect(request, socket, { head, query });
  }

  function connect(
    request: IncomingMessage,
    socket: Duplex,
    { head, query }: { head: Buffer; query: string | undefined },
  ): void {
    const target = new URL(deps.url);
    if (query !== undefined) target.search = query;
    const ask = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const upstream = ask(target, {
      agent: false,
      headers: {
        ...Object.fromEntries(
          passedHeaders.flatMap(name => {
            const value = request.headers[name];
            return value === undefined ? [] : [[name, value]];
          }),
        ),
        authorization: `Bearer ${deps.token}`,
      },
    });
    const giveUp = setTimeout(() => upstream.destroy(), handshakeMs);
    socket.once('close', () => upstream.destroy());
    upstream.once('close', () => clearTimeout(giveUp));
    upstream.once('error', error => {
      logger.debug({ event: 'live-unreachable', err: error }, 'no live server');
      refuse(socket, '502 Bad Gateway');
    });
    upstream.once('response', response => {
      response.resume();
      // What it says of our token is our trouble, not that of the person.
      refuse(socket, '502 Bad Gateway');
    });
    upstream.once('upgrade', (response, live, liveHead) => {
      clearTimeout(giveUp);
      splice({ socket, head }, { socket: live, head: liveHead }, response);
    });
    upstream.end();
  }

  const check = setInterval(() => {
    // A session that is over by its age ends its sockets here.
    for (const [socket, { id }] of open)
      if (deps.sessions.find(id) === undefined) socket.destroy();
  }, checkIntervalMs);
  check.unref();

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    handle(request, socket, head).catch((error: unknown) => {
      logger.error(
        { event: 'live-proxy-failed', err: error },
        'live proxy failed',
      );
      refuse(socket, '503 Service Unavailable');
    });
  });

  return {
    stop() {
      clearInterval(check);
      for (const socket of open.keys()) socket.destroy();
    },
  };
}

interface End {
  readonly socket: Duplex;
  /** What came behind the handshake. */
  readonly head: Buffer;
}

function splice(browser: End, live: End, response: IncomingMessage): void {
  const lines = ['HTTP/1.1 101 Switching Protocols'];
  for (let at = 0; at < response.rawHeaders.length; at += 2)
    lines.push(`${response.rawHeaders[at]}: ${response.rawHeaders[at + 1]}`);
  browser.socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  if (live.head.length > 0) browser.socket.write(live.head);
  if (browser.head.length > 0) live.socket.write(browser.head);
  const [one, other] = [browser.socket, live.socket];
  one.pipe(other).pipe(one);
  other.on('error', () => one.destroy());
  one.once('close', () => other.destroy());
  other.once('close', () => one.destroy());
}
