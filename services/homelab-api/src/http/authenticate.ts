import type { ApiScope } from '@homelab/timescale-schema';
import type { Principal, VerifyToken } from '../access/principal.ts';
import { ProblemError } from './problems.ts';

const maxTokenLength = 4_096;

/**
 * Finds out who asks, from the header `Authorization: Bearer TOKEN`, and whether they may.
 * Throws `unauthenticated` or `forbidden`.
 */
export async function authenticate(
  authorization: string | undefined,
  scope: ApiScope,
  verifyToken: VerifyToken,
): Promise<Principal> {
  const [, token] =
    /^Bearer +([\w\-.~+/]+=*)$/i.exec(authorization ?? '') ?? [];
  if (token === undefined || token.length > maxTokenLength) {
    throw new ProblemError(
      'unauthenticated',
      'Send "Authorization: Bearer TOKEN". "./homelab token create" makes a token.',
    );
  }
  const principal = await verifyToken(token);
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
