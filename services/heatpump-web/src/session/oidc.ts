import { randomBytes } from 'node:crypto';
import * as client from 'openid-client';
import type { OidcConfig } from '../config.ts';
import { ProblemError } from '../http/problems.ts';

/** A sign-in that was begun and not finished may take this long. */
const pendingMs = 600_000;
const maxPending = 100;

/** Signing in at an OpenID Connect issuer. */
export interface OidcSignIn {
  /** Where to send the browser, and the id by which {@link finish} knows it again. */
  begin(): Promise<{ location: string; id: string }>;
  /**
   * Who came back to `url`: the verified e-mail address, or the subject. Rejects with
   * `not_allowed` for a person who is not of the household, with `sign_in_unavailable` when the
   * issuer fails.
   */
  finish(url: URL, id: string): Promise<string>;
}

interface Pending {
  readonly codeVerifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly untilMs: number;
}

/** Authorization code flow with PKCE, state and nonce; what is pending stays on the server. */
export function createOidcSignIn(deps: {
  oidc: OidcConfig;
  redirectUrl: string;
  now?: () => number;
}): OidcSignIn {
  const { oidc, redirectUrl, now = Date.now } = deps;
  const pending = new Map<string, Pending>();
  let discovered: Promise<client.Configuration> | undefined;

  function discover(): Promise<client.Configuration> {
    discovered ??= discoverIssuer(oidc).catch((error: unknown) => {
      discovered = undefined;
      throw unavailable(error);
    });
    return discovered;
  }

  function take(id: string): Pending {
    const found = pending.get(id);
    pending.delete(id);
    if (found !== undefined && found.untilMs > now()) return found;
    throw new ProblemError(
      'signed_out',
      'Signing in took too long, or began on another device. Begin again.',
    );
  }

  return {
    async begin() {
      const config = await discover();
      const codeVerifier = client.randomPKCECodeVerifier();
      const one = {
        codeVerifier,
        state: client.randomState(),
        nonce: client.randomNonce(),
        untilMs: now() + pendingMs,
      };
      const id = randomBytes(32).toString('base64url');
      for (const [oldest, { untilMs }] of pending)
        if (untilMs <= now() || pending.size >= maxPending)
          pending.delete(oldest);
      pending.set(id, one);
      const location = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUrl,
        scope: 'openid email',
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        state: one.state,
        nonce: one.nonce,
      });
      return { location: location.href, id };
    },
    async finish(url, id) {
      const { codeVerifier, state, nonce } = take(id);
      const config = await discover();
      const tokens = await client
        .authorizationCodeGrant(config, url, {
          pkceCodeVerifier: codeVerifier,
          expectedState: state,
          expectedNonce: nonce,
          idTokenExpected: true,
        })
        .catch((error: unknown) => {
          throw unavailable(error);
        });
      return personOf(oidc, tokens.claims());
    },
  };
}

async function discoverIssuer(oidc: OidcConfig): Promise<client.Configuration> {
  const issuer = new URL(oidc.issuer);
  return client.discovery(issuer, oidc.clientId, oidc.clientSecret, undefined, {
    timeout: 10,
    // Only an issuer that is configured without TLS, such as one on this machine.
    ...(issuer.protocol === 'http:' && {
      execute: [client.allowInsecureRequests],
    }),
  });
}

function personOf(
  { users }: OidcConfig,
  claims: Readonly<Record<string, unknown>> | undefined,
): string {
  const { sub, email, email_verified: verified } = claims ?? {};
  const names = [
    ...(verified === true && typeof email === 'string' ? [email] : []),
    ...(typeof sub === 'string' ? [sub] : []),
  ];
  const known = names.find(name => users.has(name.toLowerCase()));
  if (known !== undefined) return known.slice(0, 200);
  throw new ProblemError(
    'not_allowed',
    'This account does not belong to the household. Add it to WEB_OIDC_USERS, or sign in with another one.',
  );
}

function unavailable(cause: unknown): ProblemError {
  return new ProblemError(
    'sign_in_unavailable',
    'The issuer did not sign you in. Try again soon.',
    { cause },
  );
}
