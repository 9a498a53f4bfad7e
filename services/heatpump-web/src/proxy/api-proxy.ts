import replyFrom from '@fastify/reply-from';
import type { FastifyInstance } from 'fastify';
import { ProblemError } from '../http/problems.ts';
import type { SessionGate } from '../session/routes.ts';
import { apiPaths } from './api-paths.ts';

/** Requests of one device in a minute; a page that is left open needs about ten. */
const maxRequestsPerMinute = 300;
/** Longest silence of the API. */
const timeoutMs = 15_000;
/** What of a request the API is told; above all not the cookie. */
const passedHeaders = ['accept', 'accept-encoding', 'if-none-match'] as const;

/** Passes what a signed-in page reads on to the API, with the server's own token. */
export async function addApiProxy(
  app: FastifyInstance,
  deps: {
    api: { readonly url: string; readonly token: string };
    gate: SessionGate;
    onLimited: () => void;
  },
): Promise<void> {
  const { api, gate } = deps;
  await app.register(replyFrom, {
    base: api.url,
    undici: {
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connections: 16,
    },
  });
  const requests = app.createRateLimit({
    max: maxRequestsPerMinute,
    timeWindow: '1 minute',
    keyGenerator: request => request.sessionKey ?? request.ip,
  });
  for (const path of apiPaths) {
    app.get(path, { config: { kind: 'api' } }, async (request, reply) => {
      request.sessionKey = (await gate.require(request, reply)).key;
      const limit = await requests(request);
      if (!limit.isAllowed && limit.isExceeded) {
        deps.onLimited();
        throw new ProblemError(
          'rate_limited',
          `A device may send ${maxRequestsPerMinute} requests in a minute.`,
          { retryAfterSeconds: limit.ttlInSeconds },
        );
      }
      return reply.from(request.url, {
        rewriteRequestHeaders: (_request, headers) => ({
          ...Object.fromEntries(
            passedHeaders.flatMap(name => {
              const value = headers[name];
              return value === undefined ? [] : [[name, value]];
            }),
          ),
          authorization: `Bearer ${api.token}`,
        }),
        onError: (failed, { error }) => {
          const problem = new ProblemError(
            'api_unreachable',
            'The Homelab API does not answer. This page keeps trying.',
            { cause: error },
          );
          void failed.send(problem);
        },
      });
    });
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the session that sent it, once that is known. */
    sessionKey?: string;
  }
}
