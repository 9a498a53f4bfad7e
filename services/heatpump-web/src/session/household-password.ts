import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isPasswordHash, verifyPassword } from '@homelab/service-kit';
import { ProblemError } from '../http/problems.ts';

/** Sign-ins that may wait for the slow hash at the same time. */
const maxWaiting = 10;

/** The one password of the household. */
export interface HouseholdPassword {
  /**
   * The credential that a right password stands for, which changes with the password; undefined
   * for a wrong one. Rejects with `sign_in_unavailable` while there is no password, and with
   * `rate_limited` when too many wait.
   */
  check(password: string): Promise<string | undefined>;
  /** The credential of now. Rejects like {@link check}. */
  credential(): Promise<string>;
}

/** Reads the hash again at each use, so that a changed password holds at once. */
export function createHouseholdPassword(file: string): HouseholdPassword {
  let waiting = 0;
  let turn: Promise<unknown> = Promise.resolve();

  async function readHash(): Promise<string> {
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw unavailable(cause);
    });
    if (!isPasswordHash(text)) throw unavailable();
    return text.trim();
  }

  return {
    async check(password) {
      if (waiting >= maxWaiting) {
        throw new ProblemError(
          'rate_limited',
          'Too many people try to sign in. Try again in a moment.',
          { retryAfterSeconds: 2 },
        );
      }
      waiting += 1;
      // One after the other: each takes tens of megabytes.
      const before = turn;
      const checked = (async () => {
        await before.catch(() => {});
        const hash = await readHash();
        const fits = await verifyPassword(password, hash);
        return fits ? credentialOf(hash) : undefined;
      })();
      turn = checked;
      return checked.finally(() => {
        waiting -= 1;
      });
    },
    credential: async () => credentialOf(await readHash()),
  };
}

function credentialOf(hash: string): string {
  return createHash('sha256').update(hash).digest('base64url');
}

function unavailable(cause?: unknown): ProblemError {
  return new ProblemError(
    'sign_in_unavailable',
    'The household password cannot be read. Set one with "./homelab password".',
    { cause },
  );
}
