import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { EventLogger } from './event-logger.ts';

/** State of a connection as readiness shows it; `detail` is a short sentence, present when `ok` is false. */
export interface ConnectionState {
  readonly ok: boolean;
  readonly detail?: string;
}

/** The state of each dependency by name; called on each request. */
export type Readiness = () => Readonly<Record<string, ConnectionState>>;

export interface OpsServer {
  /** Listens; rejects with a clear message when the port is in use. */
  start(): Promise<void>;
  /** Closes every connection. May be called twice. */
  stop(): Promise<void>;
  /** The port it listens on; before `start`, the configured one. */
  readonly port: number;
}

/**
 * Creates the HTTP server for monitoring: `/healthz` (the process is alive), `/readyz`
 * (each dependency by name, 503 when one is down) and `/metrics` (Prometheus). Adds
 * `homelab_ready` and `homelab_dependency_up{dependency}` to the registry.
 */
export function createOpsServer(options: {
  host: string;
  port: number;
  registry: Registry;
  readiness: Readiness;
  logger: EventLogger;
}): OpsServer {
  const { host, registry, readiness, logger } = options;
  let port = options.port;
  exportReadiness(registry, readiness);
  const server = createServer((request, response) => {
    answer({ request, response, registry, readiness }).catch(
      (error: unknown) => {
        logger.error(
          { event: 'ops-request-failed', err: error },
          'ops request failed',
        );
        if (!response.headersSent) response.writeHead(500);
        response.end();
      },
    );
  });
  server.requestTimeout = 5_000;

  return {
    get port() {
      return port;
    },
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) => {
          reject(listenError(error, host, port));
        });
        server.listen({ host, port }, () => {
          const address = server.address();
          if (typeof address === 'object' && address !== null)
            port = address.port;
          logger.info(
            { event: 'ops-listening', host, port },
            'ops server listening',
          );
          resolve();
        });
      }),
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listenError(
  error: NodeJS.ErrnoException,
  host: string,
  port: number,
): Error {
  const taken = error.code === 'EADDRINUSE';
  return new Error(
    taken
      ? `The ops port ${host}:${port} is already in use; stop the program that uses it or set OPS_PORT to another port.`
      : `The ops server cannot listen on ${host}:${port} (${error.code}); set OPS_HOST and OPS_PORT to an address of this machine.`,
    { cause: error },
  );
}

async function answer(exchange: {
  request: IncomingMessage;
  response: ServerResponse;
  registry: Registry;
  readiness: Readiness;
}): Promise<void> {
  const { request, response, registry, readiness } = exchange;
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendJson(response, 405, { error: 'Only GET is supported.' });
    return;
  }
  switch (request.url?.split('?')[0]) {
    case '/healthz':
      sendJson(response, 200, { status: 'ok' });
      return;
    case '/readyz': {
      const dependencies = readiness();
      const ready = allOk(dependencies);
      sendJson(response, ready ? 200 : 503, { ready, dependencies });
      return;
    }
    case '/metrics':
      response.writeHead(200, { 'content-type': registry.contentType });
      response.end(await registry.metrics());
      return;
    default:
      sendJson(response, 404, {
        error: 'Not found; use /healthz, /readyz or /metrics.',
      });
  }
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(`${JSON.stringify(body)}\n`);
}

function allOk(dependencies: ReturnType<Readiness>): boolean {
  return Object.values(dependencies).every(state => state.ok);
}

function exportReadiness(registry: Registry, readiness: Readiness): void {
  new Gauge({
    name: 'homelab_ready',
    help: '1 when every dependency is up, 0 otherwise.',
    registers: [registry],
    collect() {
      this.set(allOk(readiness()) ? 1 : 0);
    },
  });
  new Gauge({
    name: 'homelab_dependency_up',
    help: '1 when the dependency is up, 0 when it is down.',
    labelNames: ['dependency'],
    registers: [registry],
    collect() {
      for (const [dependency, state] of Object.entries(readiness())) {
        this.set({ dependency }, state.ok ? 1 : 0);
      }
    },
  });
}
