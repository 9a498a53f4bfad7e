import type { ApiScope } from '@homelab/timescale-schema';

/** Who asks: a token of ours, or the subject of an access token of the issuer. */
export interface Principal {
  /** Names the principal in limits and logs; not secret. */
  readonly id: string;
  readonly scopes: ReadonlySet<ApiScope>;
  /** From when on it is refused, milliseconds since 1970; `null` for never. */
  readonly expiresAtMs: number | null;
}

/** Tells who a bearer token belongs to; undefined when it is not valid (any more). */
export type VerifyToken = (token: string) => Promise<Principal | undefined>;
