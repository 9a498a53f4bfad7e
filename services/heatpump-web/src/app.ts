import { join } from 'node:path';
import type { Logger, Registry, Service } from '@homelab/service-kit';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { createHttpServer } from './http/server.ts';
import { createWebMetrics } from './metrics.ts';
import { addLiveProxy } from './proxy/live-proxy.ts';
import { createCookies } from './session/cookies.ts';
import { createFindSession } from './session/find-session.ts';
import { createHouseholdPassword } from './session/household-password.ts';
import { createOidcSignIn } from './session/oidc.ts';
import type { SignIn } from './session/routes.ts';
import { createSessions } from './session/sessions.ts';

const builtPage = join(import.meta.dirname, '../dist');

/** The server of the page as a service, and where it listens. */
export interface WebService extends Service {
  /** The port listened on; before `start`, the configured one. */
  readonly port: number;
}

/** Wires the server of the page. Stop: live connections, HTTP server, then the sessions' file. */
export function createApp(deps: {
  config: Config;
  logger: Logger;
  registry: Registry;
  /** Folder of the built page; by default that of `vite build`. */
  pageFolder?: string;
  now?: () => number;
}): WebService {
  const { config, logger, registry, now = Date.now } = deps;
  const sessions = createSessions({ ...config.sessions, logger, now });
  const metrics = createWebMetrics(registry, { sessions: () => sessions.size });
  const signIn = signInOf(config, now);
  const findSession = createFindSession({
    sessions,
    password: signIn.password,
  });
  const cookies = createCookies({
    isSecure: config.publicUrl?.startsWith('https:') === true,
    lifetimeMs: config.sessions.lifetimeMs,
  });
  let server: FastifyInstance | undefined;
  let live: { stop(): void } | undefined;
  let { port } = config;
  let stopped: Promise<void> | undefined;

  async function close(): Promise<void> {
    live?.stop();
    await server?.close();
    await sessions.stop();
  }

  return {
    get port() {
      return port;
    },
    async start() {
      await sessions.start();
      const app = await createHttpServer({
        ...{ config, signIn, sessions, findSession, cookies },
        ...{ metrics, logger },
        pageFolder: deps.pageFolder ?? builtPage,
      });
      server = app;
      live = addLiveProxy(app.server, {
        url: config.api.liveUrl,
        token: config.api.token,
        publicUrl: config.publicUrl,
        async findSession(request) {
          const parsed = app.parseCookie(request.headers.cookie ?? '');
          const id = parsed[cookies.sessionName];
          const session = await findSession(id);
          return id === undefined || session === undefined
            ? undefined
            : { id, session };
        },
        ...{ sessions, metrics, logger },
      });
      await app.listen({ host: config.host, port: config.port });
      const address = app.server.address();
      if (typeof address === 'object' && address !== null) port = address.port;
      logger.info(
        { event: 'web-listening', host: config.host, port },
        'page is served',
      );
    },
    stop() {
      stopped ??= close();
      return stopped;
    },
  };
}

function signInOf({ signIn, publicUrl }: Config, now: () => number): SignIn {
  return signIn.kind === 'password'
    ? { password: createHouseholdPassword(signIn.file) }
    : {
        oidc: createOidcSignIn({
          oidc: signIn.oidc,
          redirectUrl: new URL('/session/callback', publicUrl).href,
          now,
        }),
      };
}
