import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Principal } from '@homelab/access';
import { liveLimits, liveSubprotocol } from '@homelab/live-client';
import type { Ticket } from '@homelab/live-client';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { errorFrame } from '../connection/frame-error.ts';
import { LiveSocket } from '../connection/live-socket.ts';
import type { Tickets } from '../database/tickets.ts';
import type { LiveMetrics } from '../metrics.ts';
import type { Access } from './access.ts';
import { createAllowance } from './allowance.ts';
import { ProblemError, refuseUpgrade, sendProblem } from './answer.ts';

/** Where WebSockets are opened, and where tickets for them are made. */
export const paths = {
  live: '/api/v1/live',
  tickets: '/api/v1/live/tickets',
} as const;

const ticketsPerMinute = 120;
const headersTimeoutMs = 10_000;

interface Deps {
  readonly access: Access;
  readonly tickets: Tickets;
  readonly origins: readonly string[];
  readonly maxConnections: number;
  readonly metrics: LiveMetrics;
  /** Whether the newest readings are known. */
  readonly isReady: () => boolean;
  readonly countConnections: () => number;
  readonly onConnection: (socket: WebSocket, principal: Principal) => void;
}

/** Creates the HTTP server with its limits. It does not listen yet. */
export function createHttpServer(deps: Deps): Server {
  const { access, tickets, metrics } = deps;
  const allowance = createAllowance({ perMinute: ticketsPerMinute });
  const server = createServer({
    maxHeaderSize: 16_384,
    headersTimeout: headersTimeoutMs,
    requestTimeout: headersTimeoutMs,
    connectionsCheckingInterval: 1_000,
  });
  // Those that have not finished their upgrade count too.
  server.maxConnections = deps.maxConnections + 100;
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // It costs more time and memory than these small frames are worth.
    perMessageDeflate: false,
    maxPayload: liveLimits.maxFrameBytes,
    autoPong: false,
    WebSocket: LiveSocket,
    handleProtocols: offered =>
      offered.has(liveSubprotocol)
        ? liveSubprotocol
        : // Accepted, so that it can be told why it is not spoken.
          ([...offered].find(name => name.startsWith('homelab.live.')) ??
          false),
  });
  /** Upgrades whose token is being looked up. */
  let upgrading = 0;

  async function answerTicket(request: IncomingMessage): Promise<Ticket> {
    requireNoBody(request);
    const principal = await access.ofBearer(request);
    if (!principal.scopes.has('readings:read')) {
      metrics.refused.inc({ reason: 'forbidden' });
      throw new ProblemError(
        'forbidden',
        'A ticket needs a token with the scope readings:read.',
      );
    }
    const waitSeconds = allowance.spend(principal.id);
    if (waitSeconds > 0) {
      metrics.refused.inc({ reason: 'rate' });
      throw new ProblemError(
        'rate_limited',
        `A token may get ${ticketsPerMinute} tickets in a minute.`,
        waitSeconds,
      );
    }
    const issued = await tickets.issue(principal).catch(() => {
      throw new ProblemError(
        'database_unavailable',
        'The database of tickets cannot be written now.',
        5,
      );
    });
    metrics.tickets.inc();
    return {
      ticket: issued.ticket,
      expires_at: issued.expiresAt.toISOString(),
    };
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const path = request.url?.split('?')[0];
    response.setHeader('x-content-type-options', 'nosniff');
    if (path !== paths.tickets)
      throw new ProblemError(
        'route_unknown',
        `WebSockets are opened at ${paths.live}, tickets are made at ${paths.tickets}.`,
      );
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      throw new ProblemError('method_not_allowed', 'Tickets are made by POST.');
    }
    const ticket = await answerTicket(request);
    response
      .writeHead(201, {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
      })
      .end(JSON.stringify(ticket));
  }

  async function upgrade(request: IncomingMessage): Promise<Principal> {
    const url = URL.parse(request.url ?? '', 'http://localhost');
    if (url?.pathname !== paths.live)
      throw new ProblemError(
        'route_unknown',
        `WebSockets are opened at ${paths.live}.`,
      );
    const { origin } = request.headers;
    if (origin !== undefined && !deps.origins.includes(origin)) {
      metrics.refused.inc({ reason: 'origin' });
      throw new ProblemError(
        'forbidden',
        'Pages of this origin may not connect. LIVE_ORIGINS lists those that may.',
      );
    }
    if (deps.countConnections() + upgrading > deps.maxConnections) {
      metrics.refused.inc({ reason: 'full' });
      throw new ProblemError(
        'rate_limited',
        `There are ${deps.maxConnections} connections already, which is the limit.`,
        5,
      );
    }
    const principal = await access.ofUpgrade(
      request,
      url.searchParams.get('ticket'),
    );
    if (!deps.isReady()) {
      metrics.refused.inc({ reason: 'not_ready' });
      throw new ProblemError(
        'database_unavailable',
        'The newest readings are not known yet. Try again soon.',
        1,
      );
    }
    return principal;
  }

  function open(socket: WebSocket, principal: Principal): void {
    const { protocol } = socket;
    if (protocol === '' || protocol === liveSubprotocol) {
      deps.onConnection(socket, principal);
      return;
    }
    metrics.closed.inc({ code: 'version_unsupported' });
    const { frame, closeCode } = errorFrame(
      'version_unsupported',
      `This server speaks ${liveSubprotocol}.`,
    );
    socket.on('error', () => {});
    socket.send(frame);
    socket.close(closeCode, 'version_unsupported');
  }

  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) =>
      sendProblem(response, asProblem(error)),
    );
  });
  server.on('upgrade', (request, socket: Duplex, head) => {
    // Until `ws` has it, nobody else listens.
    const ignore = () => {};
    socket.on('error', ignore);
    upgrading += 1;
    upgrade(request)
      .then(
        principal => {
          socket.off('error', ignore);
          sockets.handleUpgrade(request, socket, head, opened =>
            open(opened, principal),
          );
        },
        (error: unknown) => refuseUpgrade(socket, asProblem(error)),
      )
      .finally(() => {
        upgrading -= 1;
      });
  });
  server.on('clientError', (_error, socket) => {
    if (!socket.writable) socket.destroy();
    else
      refuseUpgrade(
        socket,
        new ProblemError('malformed_request', 'The request is not HTTP.'),
      );
  });
  return server;
}

function requireNoBody({ headers }: IncomingMessage): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  if ((length === undefined || length === '0') && encoding === undefined)
    return;
  throw new ProblemError('body_not_allowed', 'A ticket is asked without body.');
}

function asProblem(error: unknown): ProblemError {
  return error instanceof ProblemError
    ? error
    : new ProblemError('internal', 'The server has failed.');
}
