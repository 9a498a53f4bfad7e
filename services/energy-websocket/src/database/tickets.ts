import { createHash, randomBytes } from 'node:crypto';
import type { Principal } from '@homelab/access';
import { isApiScope } from '@homelab/timescale-schema';
import type { Database } from './database.ts';

/** How long a ticket opens a connection. */
const lifetimeMs = 30_000;

/** Expired ones go whenever a new one comes, so the table stays small. */
const add = {
  name: 'add-ticket',
  text: `
    WITH expired AS (DELETE FROM live_tickets WHERE expires_at <= now())
    INSERT INTO live_tickets (ticket_hash, principal, scopes, token_expires_at, expires_at)
    VALUES ($1, $2, $3, $4, now() + $5::double precision * interval '1 millisecond')
    RETURNING expires_at`,
};

/** Deleting decides who has it: of two that try, one gets a row. */
const take = {
  name: 'take-ticket',
  text: `
    DELETE FROM live_tickets WHERE ticket_hash = $1
    RETURNING principal, scopes, token_expires_at, expires_at > now() AS valid`,
};

/** Tickets that open one connection each, on whichever instance. */
export interface Tickets {
  /** Makes a ticket for the owner of a token. Rejects as the database does. */
  issue(principal: Principal): Promise<{ ticket: string; expiresAt: Date }>;
  /** Who a ticket was made for; undefined for one that is unknown, used or expired. */
  redeem(ticket: string): Promise<Principal | undefined>;
}

/** Creates the tickets over their table. */
export function createTickets(deps: { database: Database }): Tickets {
  const { database } = deps;
  return {
    async issue({ id, scopes, expiresAtMs }) {
      const ticket = randomBytes(32).toString('base64url');
      const [row] = await database.rows<{ expires_at: Date }>(add, [
        hashOf(ticket),
        id,
        [...scopes],
        expiresAtMs === null ? null : new Date(expiresAtMs),
        lifetimeMs,
      ]);
      if (row === undefined) throw new Error('The database returned no row.');
      return { ticket, expiresAt: row.expires_at };
    },
    async redeem(ticket) {
      if (!/^[\w-]{43}$/.test(ticket)) return undefined;
      const [row] = await database.rows<{
        principal: string;
        scopes: string[];
        token_expires_at: Date | null;
        valid: boolean;
      }>(take, [hashOf(ticket)]);
      if (row?.valid !== true) return undefined;
      return {
        id: row.principal,
        scopes: new Set(row.scopes.filter(isApiScope)),
        expiresAtMs: row.token_expires_at?.getTime() ?? null,
      };
    },
  };
}

function hashOf(ticket: string): Buffer {
  return createHash('sha256').update(ticket).digest();
}
