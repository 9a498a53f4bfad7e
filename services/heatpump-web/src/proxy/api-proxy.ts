import type { IncomingHttpHeaders } from 'node:http';
import replyFrom from '@fastify/reply-from';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ProblemError } from '../http/problems.ts';
import type { SessionGate } from '../session/routes.ts';
import type { Session } from '../session/sessions.ts';
import { apiPaths, commandPaths } from './api-paths.ts';

/** Requests of one device in a minute; a page that is left open needs about ten. */
const maxRequestsPerMinute = 300;
/** Longest silence of the API. */
const timeoutMs = 15_000;
/** What of a request the API is told; above all not the cookie. */
const readHeaders = ['accept', 'accept-encoding', 'if-none-match'];
const writeHeaders = [
  ...['accept', 'content-type', 'content-length'],
  'idempotency-key',
];

/** Passes what a signed-in page reads and asks for on to the API, with the server's own token. */
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
  const config = { kind: 'api' } as const;

  /** Throws unless somebody is signed in and has requests left. */
  async function admit(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Session> {
    const session = await gate.require(request, reply);
    request.sessionKey = session.key;
    const limit = await requests(request);
    if (limit.isAllowed || !limit.isExceeded) return session;
    deps.onLimited();
    throw new ProblemError(
      'rate_limited',
      `A device may send ${maxRequestsPerMinute} requests in a minute.`,
      { retryAfterSeconds: limit.ttlInSeconds },
    );
  }

  function pass(
    request: FastifyRequest,
    reply: FastifyReply,
    body?: object,
  ): FastifyReply {
    return reply.from(request.url, {
      ...(body && { body }),
      rewriteRequestHeaders: (_request, headers) => ({
        ...pick(headers, body ? writeHeaders : readHeaders),
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
  }

  for (const path of apiPaths) {
    app.get(path, { config }, async (request, reply) => {
      await admit(request, reply);
      return pass(request, reply);
    });
  }
  for (const path of commandPaths) {
    app.post(path, { config }, async (request, reply) => {
      const { name } = await admit(request, reply);
      const body = bodySchema.safeParse(request.body);
      if (!body.success)
        throw new ProblemError('invalid_request', 'Send a JSON object.');
      // Who asks is who is signed in, whatever the page says.
      return pass(request, reply, { ...body.data, on_behalf_of: name });
    });
  }
}

const bodySchema = z.record(z.string(), z.unknown());

function pick(
  headers: IncomingHttpHeaders,
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap(name => {
      const value = headers[name];
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Of the session that sent it, once that is known. */
    sessionKey?: string;
  }
}
