import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { Logger } from '@homelab/service-kit';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../config.ts';
import type { WebMetrics } from '../metrics.ts';
import { addApiProxy } from '../proxy/api-proxy.ts';
import type { Cookies } from '../session/cookies.ts';
import type { FindSession } from '../session/find-session.ts';
import { addSessionRoutes } from '../session/routes.ts';
import type { SignIn } from '../session/routes.ts';
import type { Sessions } from '../session/sessions.ts';
import { ProblemError, problemOf, problemType } from './problems.ts';
import type { ProblemCode } from './problems.ts';
import { isSameOrigin } from './same-origin.ts';
import { addStaticFiles, sendPage } from './static-files.ts';

const maxBodyBytes = 4_096;
const maxHeaderBytes = 16_384;
const requestMs = 15_000;

/** Creates the HTTP server of the page with all its limits. It does not listen yet. */
export async function createHttpServer(deps: {
  config: Pick<Config, 'api' | 'publicUrl'>;
  pageFolder: string;
  signIn: SignIn;
  sessions: Sessions;
  findSession: FindSession;
  cookies: Cookies;
  metrics: WebMetrics;
  logger: Logger;
}): Promise<FastifyInstance> {
  const { config, metrics } = deps;
  const app = Fastify({
    bodyLimit: maxBodyBytes,
    requestTimeout: requestMs,
    connectionTimeout: 2 * requestMs,
    keepAliveTimeout: 72_000,
    forceCloseConnections: true,
    // Whom a proxy on this machine speaks for; without a proxy, nobody's word is taken.
    trustProxy: config.publicUrl === undefined ? false : 'loopback',
    http: { maxHeaderSize: maxHeaderBytes, headersTimeout: requestMs },
    frameworkErrors: (error, _request, reply) => sendProblem(reply, error),
  });
  addProblems(app, deps.logger);
  addMeasurements(app, metrics);
  await app.register(helmet, headersOf(config.publicUrl));
  await app.register(cookie);
  await app.register(rateLimit, { global: false });
  app.addHook('onRoute', route => {
    route.config = { kind: 'page', ...route.config };
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header(
      'permissions-policy',
      'camera=(), geolocation=(), microphone=()',
    );
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead || isSameOrigin(request.headers, config.publicUrl)) return;
    metrics.refused.inc({ reason: 'cross-site' });
    throw new ProblemError(
      'cross_site',
      'Changes are accepted from our own page only.',
    );
  });
  const gate = addSessionRoutes(app, { ...deps, publicUrl: config.publicUrl });
  await addApiProxy(app, {
    api: config.api,
    gate,
    onLimited: () => metrics.refused.inc({ reason: 'rate' }),
  });
  await addStaticFiles(app, deps.pageFolder);
  app.addHook('onSend', async (request, reply) => {
    // What belongs to a person is kept by no cache between us.
    if (request.routeOptions.config.kind !== 'page')
      reply.header('cache-control', 'no-store');
  });
  return app;
}

/** Everything comes from our own origin. */
function headersOf(publicUrl: string | undefined) {
  const isSecure = publicUrl?.startsWith('https:') === true;
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The components write their styles into the page while it runs.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isSecure ? { maxAge: 15_552_000 } : false,
    // Without TLS a browser ignores it, with a warning in its console.
    crossOriginOpenerPolicy: isSecure,
    originAgentCluster: false,
    referrerPolicy: { policy: 'no-referrer' as const },
  };
}

function addProblems(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error, request, reply) => {
    const code = sendProblem(reply, error);
    if (code !== 'internal' && code !== 'sign_in_unavailable') return;
    const route = request.routeOptions.url;
    logger.error(
      { event: 'request-failed', route, err: error },
      'request failed',
    );
  });
  app.setNotFoundHandler((request, reply) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead)
      return sendProblem(
        reply,
        new ProblemError(
          'method_not_allowed',
          'This address cannot be written to.',
        ),
      );
    const wantsPage = request.headers.accept?.includes('text/html') === true;
    if (wantsPage) return sendPage(reply.code(404));
    return sendProblem(
      reply,
      new ProblemError('route_unknown', 'There is nothing at this address.'),
    );
  });
}

function sendProblem(reply: FastifyReply, error: unknown): ProblemCode {
  const problem =
    error instanceof ProblemError
      ? problemOf(error.code, error.message)
      : problemOf(codeOfFrameworkError(error));
  if (error instanceof ProblemError && error.retryAfterSeconds !== undefined)
    reply.header('retry-after', String(error.retryAfterSeconds));
  reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type(problemType)
    // Fastify adds a charset to text, which JSON does not have.
    .send(Buffer.from(JSON.stringify(problem)));
  return problem.code;
}

/** Fastify's own errors of a bad request; all others are ours. */
function codeOfFrameworkError(error: unknown): ProblemCode {
  if (!(error instanceof Error)) return 'internal';
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'body_too_large';
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH')
    return 'route_unknown';
  const status = 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? 'invalid_request' : 'internal';
}

function addMeasurements(app: FastifyInstance, metrics: WebMetrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const kind = request.routeOptions.config.kind ?? 'other';
    const status = `${Math.floor(reply.statusCode / 100)}xx`;
    metrics.requests.inc({ kind, status });
    metrics.requestSeconds.observe({ kind }, reply.elapsedTime / 1_000);
  });
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a route serves, for the metrics. */
    kind?: 'page' | 'session' | 'api';
  }
}
