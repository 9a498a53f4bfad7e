import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The two cookies of the page: the session, and a sign-in at an issuer that is under way. */
export interface Cookies {
  sessionId(request: Pick<FastifyRequest, 'cookies'>): string | undefined;
  setSession(reply: FastifyReply, id: string): void;
  clearSession(reply: FastifyReply): void;
  pendingId(request: FastifyRequest): string | undefined;
  setPending(reply: FastifyReply, id: string): void;
  clearPending(reply: FastifyReply): void;
  /** The name of the session's cookie, for a request that Fastify does not see. */
  readonly sessionName: string;
}

/** Browsers keep a cookie for at most 400 days. */
const maxAgeSeconds = 400 * 86_400;

/** Creates them; over TLS only, with the strictest prefix, when the page is reached by https. */
export function createCookies(options: {
  isSecure: boolean;
  lifetimeMs: number;
}): Cookies {
  const { isSecure, lifetimeMs } = options;
  const prefix = isSecure ? '__Host-' : '';
  const sessionName = `${prefix}homelab-session`;
  const pendingName = `${prefix}homelab-sign-in`;
  const hidden = { httpOnly: true, secure: isSecure, path: '/' } as const;
  const session: CookieSerializeOptions = {
    ...hidden,
    sameSite: 'strict',
    maxAge: Math.min(Math.floor(lifetimeMs / 1_000), maxAgeSeconds),
  };
  // Lax: the browser comes back from the issuer, which is another site.
  const pending: CookieSerializeOptions = {
    ...hidden,
    sameSite: 'lax',
    maxAge: 600,
  };
  return {
    sessionName,
    sessionId: request => request.cookies[sessionName],
    setSession: (reply, id) => void reply.setCookie(sessionName, id, session),
    clearSession: reply => void reply.clearCookie(sessionName, session),
    pendingId: request => request.cookies[pendingName],
    setPending: (reply, id) => void reply.setCookie(pendingName, id, pending),
    clearPending: reply => void reply.clearCookie(pendingName, pending),
  };
}
