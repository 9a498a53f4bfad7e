import { bearerTokenOf, IssuerUnavailableError } from '@homelab/access';
import type { Principal, VerifyToken } from '@homelab/access';
import type { ApiScope } from '@homelab/timescale-schema';
import { ProblemError } from './problems.ts';

/**
 * Finds out who asks, from the header `Authorization: Bearer TOKEN`, and whether they may.
 * Throws `unauthenticated`, `forbidden` or `issuer_unavailable`.
 */
export async function authenticate(
  authorization: string | undefined,
  scope: ApiScope,
  verifyToken: VerifyToken,
): Promise<Principal> {
  const token = bearerTokenOf(authorization);
  if (token === undefined) {
    throw new ProblemError(
      'unauthenticated',
      'Send "Authorization: Bearer TOKEN". "./homelab token create" makes a token.',
    );
  }
  const principal = await verifyToken(token).catch((error: unknown) => {
    throw error instanceof IssuerUnavailableError
      ? new ProblemError('issuer_unavailable', error.message, {
          cause: error,
          retryAfterSeconds: 5,
        })
      : error;
  });
  if (principal === undefined) {
    throw new ProblemError(
      'unauthenticated',
      'The token is unknown, revoked or expired.',
    );
  }
  if (!principal.scopes.has(scope)) {
    throw new ProblemError(
      'forbidden',
      `This route needs a token with the scope ${scope}.`,
    );
  }
  return principal;
}
