import { maxPasswordBytes } from '@homelab/service-kit';
import type { Logger } from '@homelab/service-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ProblemError } from '../http/problems.ts';
import type { WebMetrics } from '../metrics.ts';
import type { Cookies } from './cookies.ts';
import type { FindSession } from './find-session.ts';
import type { HouseholdPassword } from './household-password.ts';
import type { OidcSignIn } from './oidc.ts';
import type { Session, Sessions } from './sessions.ts';

/** From one address, right or wrong: then many at once are not cheaper than one after the other. */
const maxAttemptsPerMinute = 10;
/** In characters; the bytes are bounded as well. */
const passwordSchema = z.strictObject({
  password: z.string().min(1).max(maxPasswordBytes),
});

/** How people sign in: one of the two is there. */
export interface SignIn {
  readonly password?: HouseholdPassword;
  readonly oidc?: OidcSignIn;
}

/** What the parts that need a signed-in person use. */
export interface SessionGate {
  /** Throws `signed_out` unless somebody is signed in; renews the cookie. */
  require(request: FastifyRequest, reply: FastifyReply): Promise<Session>;
}

/** Adds `/session`: who is signed in, signing in and out. */
export function addSessionRoutes(
  app: FastifyInstance,
  deps: {
    signIn: SignIn;
    sessions: Sessions;
    findSession: FindSession;
    cookies: Cookies;
    metrics: WebMetrics;
    publicUrl: string | undefined;
    logger: Logger;
  },
): SessionGate {
  const { signIn, sessions, cookies, metrics } = deps;
  const config = { kind: 'session' } as const;
  const attempts = app.createRateLimit({
    max: maxAttemptsPerMinute,
    timeWindow: '1 minute',
  });

  app.get('/session', { config }, async request => {
    const session = await deps.findSession(cookies.sessionId(request));
    return {
      signedIn: session !== undefined,
      name: session?.name ?? null,
      signIn: signIn.oidc ? 'issuer' : 'password',
    };
  });

  app.delete('/session', { config }, async (request, reply) => {
    const id = cookies.sessionId(request);
    if (id !== undefined) sessions.close(id);
    cookies.clearSession(reply);
    return reply.code(204).send();
  });

  if (signIn.password) {
    const { password } = signIn;
    app.post(
      '/session',
      { config, bodyLimit: 4 * maxPasswordBytes },
      async (request, reply) => {
        const body = passwordSchema.safeParse(request.body);
        if (!body.success)
          throw new ProblemError(
            'invalid_request',
            `Send {"password": "..."} with at most ${maxPasswordBytes} characters.`,
          );
        const limit = await attempts(request);
        if (!limit.isAllowed && limit.isExceeded) {
          metrics.signIns.inc({ outcome: 'limited' });
          throw new ProblemError(
            'rate_limited',
            `Too many attempts. Try again in ${limit.ttlInSeconds} s.`,
            { retryAfterSeconds: limit.ttlInSeconds },
          );
        }
        const credential = await password
          .check(body.data.password)
          .catch((error: unknown) => {
            metrics.signIns.inc({ outcome: 'failed' });
            throw error;
          });
        if (credential === undefined) {
          metrics.signIns.inc({ outcome: 'refused' });
          throw new ProblemError(
            'wrong_password',
            'The password is not right. "./homelab password" sets a new one.',
          );
        }
        metrics.signIns.inc({ outcome: 'ok' });
        cookies.setSession(
          reply,
          sessions.open({ name: 'household', credential }),
        );
        return reply.code(204).send();
      },
    );
  }

  if (signIn.oidc) {
    const { oidc } = signIn;
    /** A person looks at the answer: the page says in words what went wrong. */
    const fail = (reply: FastifyReply, error: unknown) => {
      const code = error instanceof ProblemError ? error.code : 'internal';
      const isRefused = code === 'not_allowed';
      metrics.signIns.inc({ outcome: isRefused ? 'refused' : 'failed' });
      deps.logger.warn(
        { event: 'sign-in-failed', err: error },
        'sign-in failed',
      );
      return reply.redirect(`/?sign-in=${code}`, 302);
    };
    app.get('/session/start', { config }, async (_request, reply) => {
      try {
        const { location, id } = await oidc.begin();
        cookies.setPending(reply, id);
        return reply.redirect(location, 302);
      } catch (error) {
        return fail(reply, error);
      }
    });
    app.get('/session/callback', { config }, async (request, reply) => {
      const pending = cookies.pendingId(request) ?? '';
      cookies.clearPending(reply);
      try {
        const url = new URL(request.url, deps.publicUrl);
        const name = await oidc.finish(url, pending);
        metrics.signIns.inc({ outcome: 'ok' });
        cookies.setSession(reply, sessions.open({ name, credential: '' }));
        return reply.redirect('/', 302);
      } catch (error) {
        return fail(reply, error);
      }
    });
  }

  return {
    async require(request, reply) {
      const session = await deps.findSession(cookies.sessionId(request));
      if (session === undefined) {
        metrics.refused.inc({ reason: 'signed-out' });
        throw new ProblemError('signed_out', 'Sign in on the page first.');
      }
      const id = cookies.sessionId(request);
      if (id !== undefined) cookies.setSession(reply, id);
      return session;
    },
  };
}
