import { isApiScope } from '@homelab/timescale-schema';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { VerifyToken } from './principal.ts';

const discoverySchema = z.object({ jwks_uri: z.url() });

/** Signatures only: with a shared secret whoever can verify could also sign. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** The keys of the issuer cannot be had now, so nobody knows whether the token is valid. */
export class IssuerUnavailableError extends Error {
  readonly code = 'issuer_unavailable';
  readonly retryable = true;

  constructor(cause: unknown) {
    super('The keys of the token issuer cannot be fetched. Try again soon.', {
      cause,
    });
    this.name = 'IssuerUnavailableError';
  }
}

/**
 * Verifies access tokens of an OpenID Connect issuer: signature by its published keys, issuer,
 * audience, time. Scopes come from the claim `scope` (text) or `scp` (list).
 * Rejects with an {@link IssuerUnavailableError} when the keys cannot be fetched.
 */
export function createOidcVerifier(options: {
  issuer: string;
  audience: string;
}): VerifyToken {
  const { issuer, audience } = options;
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const getKeys = () => {
    keys ??= discoverKeys(issuer).catch((error: unknown) => {
      keys = undefined;
      throw new IssuerUnavailableError(error);
    });
    return keys;
  };
  return async token => {
    // Anything but a signed JWT must not make us ask the issuer.
    if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return undefined;
    const key = await getKeys();
    try {
      const { payload } = await jwtVerify(token, key, {
        issuer,
        audience,
        algorithms,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: 5,
      });
      return principalOf(payload);
    } catch (error) {
      if (isFetchFailure(error)) throw new IssuerUnavailableError(error);
      return undefined;
    }
  };
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const response = await fetch(url, {
    signal: AbortSignal.timeout(5_000),
    redirect: 'error',
  });
  if (!response.ok)
    throw new Error(`The issuer answered ${response.status} to ${url}.`);
  const { jwks_uri } = discoverySchema.parse(await response.json());
  return createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: 5_000 });
}

function principalOf(payload: JWTPayload) {
  return {
    id: `subject:${payload.sub}`,
    scopes: new Set(scopeNames(payload).filter(isApiScope)),
    expiresAtMs: payload.exp === undefined ? null : payload.exp * 1_000,
  };
}

function scopeNames({ scope, scp }: JWTPayload): string[] {
  if (typeof scope === 'string') return scope.split(' ');
  return Array.isArray(scp) ? scp.map(String) : [];
}

/** The keys could not be had; every other failure is the token's. */
function isFetchFailure(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout) return true;
  return (
    !(error instanceof errors.JOSEError) ||
    // What jose says when the answer is not 200 or no JSON.
    error.code === 'ERR_JOSE_GENERIC'
  );
}
