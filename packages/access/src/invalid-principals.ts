import { validApiTokensSql } from '@homelab/timescale-schema';
import type { TokenRows } from './api-tokens.ts';
import type { Principal } from './principal.ts';

const statement = { name: 'valid-api-tokens', text: validApiTokensSql };
const ownPrefix = 'token:';

/**
 * Which of these principals may not go on: their token has expired or was revoked. Whether an
 * issuer has revoked a token nobody tells us, so its subjects go on until the token expires.
 * Rejects as the database does.
 */
export async function invalidPrincipals(
  database: TokenRows,
  principals: readonly Principal[],
  nowMs: number,
): Promise<ReadonlySet<string>> {
  const own = principals.filter(({ id }) => id.startsWith(ownPrefix));
  const valid = new Set<string>();
  if (own.length > 0) {
    const ids = own.map(({ id }) => id.slice(ownPrefix.length));
    const rows = await database.rows<{ id: string }>(statement, [ids]);
    for (const { id } of rows) valid.add(`${ownPrefix}${id}`);
  }
  const isValid = ({ id, expiresAtMs }: Principal) =>
    (expiresAtMs ?? Infinity) > nowMs &&
    (!id.startsWith(ownPrefix) || valid.has(id));
  return new Set(principals.filter(one => !isValid(one)).map(({ id }) => id));
}
