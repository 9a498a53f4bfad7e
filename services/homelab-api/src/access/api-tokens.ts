import {
  findApiTokenSql,
  hashApiToken,
  isApiScope,
  isApiToken,
} from '@homelab/timescale-schema';
import type { Database } from '../database/database.ts';
import type { VerifyToken } from './principal.ts';

const statement = { name: 'find-api-token', text: findApiTokenSql };

/** Looks up tokens of ours by their hash. */
export function createApiTokenVerifier(deps: {
  database: Database;
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
