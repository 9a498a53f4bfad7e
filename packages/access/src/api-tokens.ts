import {
  findApiTokenSql,
  hashApiToken,
  isApiScope,
  isApiToken,
} from '@homelab/timescale-schema';
import type { VerifyToken } from './principal.ts';

const statement = { name: 'find-api-token', text: findApiTokenSql };

/** Reads rows of the database that holds the tokens; the role may read `api_tokens`. */
export interface TokenRows {
  rows<Row extends object>(
    statement: { readonly name: string; readonly text: string },
    values: readonly unknown[],
  ): Promise<Row[]>;
}

/** Looks up tokens of ours by their hash. Rejects as the database does. */
export function createApiTokenVerifier(deps: {
  database: TokenRows;
}): VerifyToken {
  return async token => {
    if (!isApiToken(token)) return undefined;
    const [row] = await deps.database.rows<{
      id: string;
      scopes: string[];
      expires_at: Date | null;
    }>(statement, [hashApiToken(token)]);
    if (row === undefined) return undefined;
    return {
      id: `token:${row.id}`,
      scopes: new Set(row.scopes.filter(isApiScope)),
      expiresAtMs: row.expires_at?.getTime() ?? null,
    };
  };
}
