import { createApiTokenVerifier } from './api-tokens.ts';
import type { TokenRows } from './api-tokens.ts';
import { createOidcVerifier } from './oidc.ts';
import type { VerifyToken } from './principal.ts';
import { rememberTokens } from './remember-tokens.ts';

/**
 * Verifies tokens of ours and, where there is one, of the issuer. A valid token is remembered
 * for a few seconds. Rejects as the database does, or with an `IssuerUnavailableError`.
 */
export function createTokenVerifier(deps: {
  database: TokenRows;
  oidc: { readonly issuer: string; readonly audience: string } | undefined;
  /** How long a valid token is remembered; 5 s by default. */
  rememberForMs?: number | undefined;
}): VerifyToken {
  const { database, oidc, rememberForMs } = deps;
  const own = createApiTokenVerifier({ database });
  const foreign = oidc && createOidcVerifier(oidc);
  return rememberTokens(
    async token => (await own(token)) ?? (await foreign?.(token)),
    { forMs: rememberForMs },
  );
}
