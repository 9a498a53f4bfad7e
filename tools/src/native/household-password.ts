import { randomInt } from 'node:crypto';
import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashPassword, maxPasswordBytes } from '@homelab/service-kit';
import { HomelabError } from '../homelab-error.ts';

/** Without those that look like others, on paper and on a phone. */
const letters = 'abcdefghijkmnpqrstuvwxyz';
const groups = 4;
const lettersOfGroup = 4;
const minLength = 10;

/** The file with the hash of the household password; the password itself is kept nowhere. */
export function householdPasswordFile(secretsDir: string): string {
  return join(secretsDir, 'household-password');
}

/** Makes up a household password when there is none, and returns it: it can be shown only then. */
export async function ensureHouseholdPassword(
  secretsDir: string,
): Promise<string | undefined> {
  if (existsSync(householdPasswordFile(secretsDir))) return undefined;
  const password = createHouseholdPassword();
  await setHouseholdPassword(secretsDir, password);
  return password;
}

/** A password of 73 random bits that is easily typed on a phone: `khta-wqyd-mbru-zepc`. */
export function createHouseholdPassword(): string {
  const letter = () => letters.charAt(randomInt(letters.length));
  const group = () => Array.from({ length: lettersOfGroup }, letter).join('');
  return Array.from({ length: groups }, group).join('-');
}

/**
 * Stores the hash of a password in a file that only its owner can read, in one step.
 * @throws HomelabError `wrong-usage` for a password that is too short or too long
 */
export async function setHouseholdPassword(
  secretsDir: string,
  password: string,
): Promise<void> {
  if (password.length < minLength)
    throw new HomelabError(
      'wrong-usage',
      `The password needs at least ${minLength} characters.`,
    );
  if (Buffer.byteLength(password) > maxPasswordBytes)
    throw new HomelabError(
      'wrong-usage',
      `The password may have at most ${maxPasswordBytes} bytes.`,
    );
  await mkdir(secretsDir, { recursive: true, mode: 0o700 });
  await chmod(secretsDir, 0o700);
  const file = householdPasswordFile(secretsDir);
  await writeFile(`${file}.new`, `${await hashPassword(password)}\n`, {
    mode: 0o600,
    flush: true,
  });
  await rename(`${file}.new`, file);
}
