import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<
  string,
  Buffer,
  number,
  { N: number; r: number; p: number; maxmem: number },
  Buffer
>(scrypt);

/** The longest password that is hashed, in bytes. */
export const maxPasswordBytes = 256;

/** About 60 ms and 32 MB on a small machine. */
const parameters = { logN: 15, r: 8, p: 1 };
const saltBytes = 16;
const keyBytes = 32;

// A file that somebody has damaged must not make one sign-in take all memory.
const most = { logN: 18, r: 16, p: 4 };

/** `scrypt$15$8$1$SALT$KEY`, the last two in base64url. */
const pattern =
  /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]{16,128})\$([\w-]{43})$/;

/**
 * Hashes a password with scrypt and a new salt. The text carries its parameters, so that later
 * ones may be stronger.
 */
export async function hashPassword(password: string): Promise<string> {
  const { logN, r, p } = parameters;
  const salt = randomBytes(saltBytes);
  const key = await keyOf(password, salt, parameters);
  return [
    ...['scrypt', logN, r, p],
    ...[salt.toString('base64url'), key.toString('base64url')],
  ].join('$');
}

/** Tells whether a text has the form of a hash of {@link hashPassword}. */
export function isPasswordHash(text: string): boolean {
  return parse(text) !== undefined;
}

/** Tells whether a password belongs to a hash; false for a text that is no hash. */
export async function verifyPassword(
  password: string,
  hash: string,
): Promise<boolean> {
  const parsed = parse(hash);
  if (parsed === undefined) return false;
  if (Buffer.byteLength(password) > maxPasswordBytes) return false;
  const key = await keyOf(password, parsed.salt, parsed);
  return timingSafeEqual(key, parsed.key);
}

function parse(text: string) {
  const match = pattern.exec(text.trim());
  if (match === null) return undefined;
  const [logN, r, p] = match.slice(1, 4).map(Number) as [
    number,
    number,
    number,
  ];
  if (logN < 10 || r < 1 || p < 1) return undefined;
  if (logN > most.logN || r > most.r || p > most.p) return undefined;
  const [salt = '', key = ''] = match.slice(4);
  return {
    ...{ logN, r, p },
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
}

function keyOf(
  password: string,
  salt: Buffer,
  { logN, r, p }: typeof parameters,
): Promise<Buffer> {
  const cost = 2 ** logN;
  // One form of a letter with an accent, whatever the keyboard sends.
  return derive(password.normalize('NFC'), salt, keyBytes, {
    ...{ N: cost, r, p },
    maxmem: 160 * cost * r * p,
  });
}
