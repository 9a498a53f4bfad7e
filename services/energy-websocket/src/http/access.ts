import type { IncomingMessage } from 'node:http';
import { bearerTokenOf, IssuerUnavailableError } from '@homelab/access';
import type { Principal, VerifyToken } from '@homelab/access';
import type { Tickets } from '../database/tickets.ts';
import type { LiveMetrics } from '../metrics.ts';
import { ProblemError } from './answer.ts';
import type { Allowance } from './allowance.ts';

/** Finds out who asks. */
export interface Access {
  /** By a bearer token. Throws a {@link ProblemError}. */
  ofBearer(request: IncomingMessage): Promise<Principal>;
  /** By a ticket in the address, else by a bearer token. Throws a {@link ProblemError}. */
  ofUpgrade(
    request: IncomingMessage,
    ticket: string | null,
  ): Promise<Principal>;
}

/** Creates the access of requests and upgrades. */
export function createAccess(deps: {
  verifyToken: VerifyToken;
  tickets: Tickets;
  /** Of wrong tokens, by address. */
  failures: Allowance;
  metrics: LiveMetrics;
}): Access {
  const { verifyToken, tickets, failures, metrics } = deps;

  async function require(
    request: IncomingMessage,
    find: () => Promise<Principal | undefined>,
    hint: string,
  ): Promise<Principal> {
    const address = request.socket.remoteAddress ?? '';
    let principal: Principal | undefined;
    try {
      principal = await find();
    } catch (error) {
      throw unavailable(error);
    }
    if (principal !== undefined) return principal;
    metrics.refused.inc({ reason: 'unauthenticated' });
    const waitSeconds = failures.spend(address);
    if (waitSeconds > 0)
      throw new ProblemError(
        'rate_limited',
        'Too many requests without a valid token.',
        waitSeconds,
      );
    throw new ProblemError('unauthenticated', hint);
  }

  const ofBearer: Access['ofBearer'] = request =>
    require(request, async () => {
      const token = bearerTokenOf(request.headers.authorization);
      return token === undefined ? undefined : verifyToken(token);
    }, 'Send "Authorization: Bearer TOKEN" with a valid token. "./homelab token create" makes one.');

  return {
    ofBearer,
    ofUpgrade: (request, ticket) =>
      ticket === null
        ? ofBearer(request)
        : require(request, () =>
            tickets.redeem(
              ticket,
            ), 'The ticket is unknown, used or older than 30 s. Ask for a new one for each connection.'),
  };
}

/** Nobody knows whether it is valid. */
function unavailable(error: unknown): ProblemError {
  return error instanceof IssuerUnavailableError
    ? new ProblemError('issuer_unavailable', error.message, 5)
    : new ProblemError(
        'database_unavailable',
        'The database of tokens cannot be read now.',
        5,
      );
}
