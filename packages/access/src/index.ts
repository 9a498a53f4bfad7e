export { bearerTokenOf } from './bearer-token.ts';
export { createTokenVerifier } from './create-token-verifier.ts';
export { invalidPrincipals } from './invalid-principals.ts';
export { IssuerUnavailableError } from './oidc.ts';
export type { TokenRows } from './api-tokens.ts';
export type { Principal, VerifyToken } from './principal.ts';
