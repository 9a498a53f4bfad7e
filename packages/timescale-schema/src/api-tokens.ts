import { createHash, randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';

/**
 * What a token of the Homelab API may do: `readings:read` reads everything but exports,
 * `readings:export` whole tables as CSV and JSON lines, `settings:write` changes settings of heat pumps.
 */
export const apiScopes = [
  'readings:read',
  'readings:export',
  'settings:write',
] as const;

/** One of {@link apiScopes}. */
export type ApiScope = (typeof apiScopes)[number];

/** Tells whether a text names a scope. */
export function isApiScope(text: string): text is ApiScope {
  return (apiScopes as readonly string[]).includes(text);
}

/** What is stored of a token; the token itself is not. */
export interface ApiToken {
  /** Names the token in lists and logs; not secret. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly ApiScope[];
  readonly createdAt: Date;
  /** `null` for one that does not expire. */
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

const prefix = 'homelab_';

/** A new token: 256 random bits behind a prefix by which secret scanners know it. */
export function createApiToken(): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** Tells whether a text has the form of a token of ours. */
export function isApiToken(text: string): boolean {
  return /^homelab_[\w-]{43}$/.test(text);
}

/** The SHA-256 of a token; so many random bits need no slow hash. */
export function hashApiToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The valid token with a hash $1; the database compares the clock. */
export const findApiTokenSql = `
  SELECT id, name, scopes, expires_at FROM api_tokens
  WHERE token_hash = $1 AND revoked_at IS NULL
    AND (expires_at IS NULL OR expires_at > now())`;

/** Those of the ids $1 whose token is still valid, as `id`. */
export const validApiTokensSql = `
  SELECT id FROM api_tokens
  WHERE id = ANY($1) AND revoked_at IS NULL
    AND (expires_at IS NULL OR expires_at > now())`;

type Database = Pick<ClientBase, 'query'>;

const columns =
  'id, name, scopes, created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"';

/** Stores the hash of a token and returns what is stored. */
export async function addApiToken(
  database: Database,
  options: {
    token: string;
    name: string;
    scopes: readonly ApiScope[];
    expiresAt: Date | null;
  },
): Promise<ApiToken> {
  const { token, name, scopes, expiresAt } = options;
  const { rows } = await database.query<ApiToken>(
    `INSERT INTO api_tokens (id, name, token_hash, scopes, expires_at)
     VALUES ($1, $2, $3, $4, $5) RETURNING ${columns}`,
    [
      randomBytes(6).toString('hex'),
      name,
      hashApiToken(token),
      scopes,
      expiresAt,
    ],
  );
  return required(rows[0]);
}

/**
 * Makes sure that a token of one of our own programs is valid under a reserved name, and that an
 * earlier one of that name is not.
 */
export async function ensureApiToken(
  database: Database,
  options: { token: string; name: string; scopes: readonly ApiScope[] },
): Promise<void> {
  const { token, name, scopes } = options;
  await database.query(
    `INSERT INTO api_tokens (id, name, token_hash, scopes) VALUES ($1, $1, $2, $3)
     ON CONFLICT (id) DO UPDATE
     SET token_hash = excluded.token_hash, scopes = excluded.scopes, revoked_at = NULL`,
    [name, hashApiToken(token), scopes],
  );
}

/** Every token, newest first, revoked and expired ones included. */
export async function listApiTokens(database: Database): Promise<ApiToken[]> {
  const { rows } = await database.query<ApiToken>(
    `SELECT ${columns} FROM api_tokens ORDER BY created_at DESC, id`,
  );
  return rows;
}

/** Revokes a token by its id; undefined when there is none. */
export async function revokeApiToken(
  database: Database,
  id: string,
): Promise<ApiToken | undefined> {
  const { rows } = await database.query<ApiToken>(
    `UPDATE api_tokens SET revoked_at = coalesce(revoked_at, now())
     WHERE id = $1 RETURNING ${columns}`,
    [id],
  );
  return rows[0];
}

function required<T>(row: T | undefined): T {
  if (row === undefined) throw new Error('The database returned no row.');
  return row;
}
