import { expect, test } from 'vitest';
import {
  hashPassword,
  isPasswordHash,
  maxPasswordBytes,
  verifyPassword,
} from './password-hash.ts';

test('a password fits its hash, which does not contain it; another one does not', async () => {
  const hash = await hashPassword('höst-i-skogen');
  expect(isPasswordHash(hash)).toBe(true);
  expect(hash).not.toContain('skogen');
  expect(await verifyPassword('höst-i-skogen', hash)).toBe(true);
  // The same word from a keyboard that sends the dots as a letter of their own.
  expect(await verifyPassword('ho\u0308st-i-skogen', hash)).toBe(true);
  for (const wrong of ['', 'host-i-skogen', 'höst-i-skogen '])
    expect(await verifyPassword(wrong, hash)).toBe(false);
  expect(await hashPassword('höst-i-skogen')).not.toBe(hash);
});

test('what is no hash fits nothing', async () => {
  const hash = await hashPassword('a');
  const huge = hash.replace('scrypt$15', 'scrypt$31');
  for (const text of ['', 'plain', hash.slice(0, -2), huge]) {
    expect(isPasswordHash(text)).toBe(false);
    expect(await verifyPassword('a', text)).toBe(false);
  }
});

test('a password of megabytes is refused before it is hashed', async () => {
  const long = 'a'.repeat(maxPasswordBytes + 1);
  expect(await verifyPassword(long, await hashPassword(long))).toBe(false);
});
