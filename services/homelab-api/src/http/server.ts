import { Readable } from 'node:stream';
import { constants } from 'node:zlib';
import type { Principal, VerifyToken } from '@homelab/access';
import compress from '@fastify/compress';
import etag from '@fastify/etag';
import rateLimit from '@fastify/rate-limit';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { statusClassOf } from '../metrics.ts';
import type { Services } from '../services.ts';
import { authenticate } from './authenticate.ts';
import { createBudget } from './budget.ts';
import { answerClientError } from './client-errors.ts';
import { idempotencyHeader } from './define-route.ts';
import type { ApiRoute, TextAnswer } from './define-route.ts';
import { addDocs } from './docs.ts';
import { ProblemError, problemOf, problemType } from './problems.ts';
import type { ProblemCode } from '@homelab/homelab-api-client';

/** The longest address of a request, in characters. */
const maxUrlLength = 4_096;
const maxHeaderBytes = 16_384;
/** What a body of a command may have; it is small. */
const maxBodyBytes = 4_096;
const checkIntervalMs = 500;
const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);
/** Wrong tokens from one address in a minute. */
const maxFailuresPerMinute = 60;

/** Creates the HTTP server of the API with all its limits. It does not listen yet. */
export async function createHttpServer(deps: {
  config: Pick<Config, 'limits'>;
  routes: readonly ApiRoute[];
  document: object;
  verifyToken: VerifyToken;
  services: Services;
}): Promise<FastifyInstance> {
  const { slowClientTimeoutMs } = deps.config.limits;
  const app = Fastify({
    // Silence in either direction; a client that takes nothing is cut off. Later than one that
    // sends half a request, which gets an answer.
    connectionTimeout: slowClientTimeoutMs + 2 * checkIntervalMs,
    requestTimeout: slowClientTimeoutMs,
    keepAliveTimeout: 72_000,
    bodyLimit: 1,
    forceCloseConnections: 'idle',
    http: {
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: slowClientTimeoutMs,
      connectionsCheckingInterval: checkIntervalMs,
    },
    routerOptions: { maxParamLength: maxUrlLength },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, _request, reply) => sendProblem(reply, error),
  });
  // Only JSON is read.
  app.removeContentTypeParser('text/plain');
  addProblems(app, deps);
  addMeasurements(app, deps.services);
  await app.register(etag, { weak: true });
  await app.register(compress, {
    encodings: ['gzip', 'identity'],
    threshold: 1_400,
    // Most of the gain for a fraction of the time.
    zlibOptions: { level: constants.Z_BEST_SPEED },
  });
  await app.register(rateLimit, { global: false });
  addDocs(app, deps.document);
  addRoutes(app, deps);
  return app;
}

/** Every failure is sent as a problem; only what is our own fault is logged. */
function addProblems(
  app: FastifyInstance,
  deps: { routes: readonly ApiRoute[]; services: Services },
): void {
  const { logger } = deps.services;
  const allowedAt = createAllowedMethods(deps.routes);
  app.setErrorHandler((error, request, reply) => {
    const problem = sendProblem(reply, error);
    if (problem.code !== 'internal') return;
    const route = request.routeOptions.url;
    logger.error(
      { event: 'request-failed', route, err: error },
      'request failed',
    );
  });
  app.setNotFoundHandler((_request, reply) => {
    const detail = 'The routes are listed at /docs and /openapi.json.';
    return sendProblem(reply, new ProblemError('route_unknown', detail));
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    if (request.url.length > maxUrlLength) {
      reply.header('connection', 'close');
      throw new ProblemError(
        'uri_too_long',
        `A URL may have at most ${maxUrlLength} characters.`,
      );
    }
    const allowed = request.is404 ? allowedAt(request.url) : undefined;
    if (allowed && !allowed.includes(request.method)) {
      reply.header('allow', allowed.join(', '));
      reply.header('connection', 'close');
      throw new ProblemError(
        'method_not_allowed',
        `${allowed.join(', ')} can be used here. The routes are listed at /docs and /openapi.json.`,
      );
    }
    const { 'content-length': length, 'transfer-encoding': encoding } =
      request.headers;
    const { takesBody = false } = request.routeOptions.config;
    if (takesBody) return;
    if ((length !== undefined && length !== '0') || encoding !== undefined) {
      // Nobody reads the body, so the connection cannot be used again.
      reply.header('connection', 'close');
      throw new ProblemError(
        'body_not_allowed',
        'Parameters belong in the URL.',
      );
    }
  });
}

/** The methods of the routes at an address; those that read where there is none. */
function createAllowedMethods(routes: readonly ApiRoute[]) {
  const patterns = routes.map(({ path, method }) => ({
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    methods: method === 'GET' ? [...readingMethods] : [method],
  }));
  return (url: string): string[] => {
    const [path = ''] = url.split('?');
    const allowed = patterns
      .filter(({ pattern }) => pattern.test(path))
      .flatMap(({ methods }) => methods);
    return allowed.length === 0 ? [...readingMethods] : allowed;
  };
}

function sendProblem(reply: FastifyReply, error: unknown) {
  const problem =
    error instanceof ProblemError
      ? problemOf(error.code, error.message, error.errors)
      : problemOf(codeOfFrameworkError(error));
  if (error instanceof ProblemError && error.retryAfterSeconds !== undefined)
    reply.header('retry-after', String(error.retryAfterSeconds));
  if (problem.code === 'unauthenticated')
    reply.header('www-authenticate', 'Bearer realm="homelab"');
  reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type(problemType)
    // Fastify adds a charset to text, which JSON does not have.
    .send(Buffer.from(JSON.stringify(problem)));
  return problem;
}

/** Fastify's own errors of a bad address or body; all others are ours. */
const frameworkCodes: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_BAD_URL: 'route_unknown',
  FST_ERR_MAX_PARAM_LENGTH: 'route_unknown',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_body',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_body',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_body',
};

function codeOfFrameworkError(error: unknown): ProblemCode {
  const code =
    error instanceof Error && 'code' in error ? String(error.code) : '';
  return frameworkCodes[code] ?? 'internal';
}

function addMeasurements(app: FastifyInstance, { metrics }: Services): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.config.operationId ?? 'other';
    metrics.requests.inc({ route, status: statusClassOf(reply.statusCode) });
    metrics.requestSeconds.observe({ route }, reply.elapsedTime / 1_000);
  });
}

function addRoutes(
  app: FastifyInstance,
  deps: {
    config: Pick<Config, 'limits'>;
    routes: readonly ApiRoute[];
    verifyToken: VerifyToken;
    services: Services;
  },
): void {
  const { limits } = deps.config;
  const { services } = deps;
  const { refused } = services.metrics;
  const points = createBudget({ perMinute: limits.pointsPerMinute });
  const requests = createBudget({ perMinute: limits.requestsPerMinute });
  const checkFailures = app.createRateLimit({
    max: maxFailuresPerMinute,
    timeWindow: '1 minute',
  });

  async function whoAsks(request: FastifyRequest, route: ApiRoute) {
    try {
      return await authenticate(
        request.headers.authorization,
        route.scope,
        deps.verifyToken,
      );
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.code === 'forbidden') refused.inc({ reason: 'forbidden' });
      if (error.code !== 'unauthenticated') throw error;
      refused.inc({ reason: 'unauthenticated' });
      const failures = await checkFailures(request);
      if (!failures.isAllowed && failures.isExceeded)
        throw tooMany(
          'Too many requests without a valid token.',
          failures.ttlInSeconds,
        );
      throw error;
    }
  }

  function requireRequest(principal: Principal): void {
    const waitSeconds = requests.spend(principal.id, 1);
    if (waitSeconds === 0) return;
    refused.inc({ reason: 'rate' });
    throw tooMany(
      `A token may send ${limits.requestsPerMinute} requests per minute.`,
      waitSeconds,
    );
  }

  function spend(principal: Principal, amount: number): void {
    if (amount > limits.maxPoints) {
      refused.inc({ reason: 'cost' });
      throw new ProblemError(
        'query_too_expensive',
        `The query would read about ${Math.round(amount)} stored values, more than ${limits.maxPoints}. Ask for a shorter range, fewer fields or a wider bucket.`,
      );
    }
    const waitSeconds = points.spend(principal.id, amount);
    if (waitSeconds === 0) return;
    refused.inc({ reason: 'cost' });
    throw tooMany(
      `The queries of a token may read ${limits.pointsPerMinute} stored values per minute.`,
      waitSeconds,
    );
  }

  for (const route of deps.routes) {
    app.route({
      method: route.method,
      bodyLimit: route.method === 'POST' ? maxBodyBytes : 1,
      url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      config: {
        operationId: route.operationId,
        takesBody: route.method === 'POST',
      },
      handler: async (request, reply) => {
        const principal = await whoAsks(request, route);
        requireRequest(principal);
        const answer = await route.run(
          {
            params: request.params,
            query: request.query,
            body: request.body,
            principal,
            idempotencyKey:
              route.method === 'POST' ? idempotencyKeyOf(request) : '',
            spend: amount => spend(principal, amount),
          },
          services,
        );
        reply
          .header('cache-control', 'private, no-cache')
          .header('vary', 'authorization');
        // What is accepted is not done yet.
        if (route.method === 'POST') reply.code(202);
        return isText(answer)
          ? sendText(reply, answer)
          : sendJson(reply, answer);
      },
    });
  }
}

/** Throws `invalid_parameter` when there is none: a repeated request must be known as one. */
function idempotencyKeyOf({ headers }: FastifyRequest): string {
  const key = headers[idempotencyHeader];
  if (typeof key === 'string' && /^[\x21-\x7e]{1,100}$/.test(key)) return key;
  const message =
    'Send a text of 1 to 100 characters without blanks, new for each change, the same when you repeat it';
  throw new ProblemError(
    'invalid_parameter',
    `${idempotencyHeader}: ${message}.`,
    { errors: [{ in: 'header', name: idempotencyHeader, message }] },
  );
}

function tooMany(detail: string, retryAfterSeconds: number): ProblemError {
  return new ProblemError('rate_limited', detail, { retryAfterSeconds });
}

function isText(answer: object): answer is TextAnswer {
  return 'body' in answer && answer.body instanceof Readable;
}

function sendText(
  reply: FastifyReply,
  { contentType, fileName, body }: TextAnswer,
) {
  return reply
    .header('content-disposition', `attachment; filename="${fileName}"`)
    .type(contentType)
    .send(body);
}

function sendJson(reply: FastifyReply, answer: object) {
  return reply
    .type('application/json; charset=utf-8')
    .send(Buffer.from(JSON.stringify(answer)));
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operationId?: string;
    takesBody?: boolean;
  }
}
