import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyPassword } from '@homelab/service-kit';
import { expect, onTestFinished, test } from 'vitest';
import {
  ensureHouseholdPassword,
  householdPasswordFile,
  setHouseholdPassword,
} from './household-password.ts';

function secretsFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-password-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'secrets');
}

test('a password is made up once; only its hash is kept, and only for its owner', async () => {
  const folder = secretsFolder();
  const password = await ensureHouseholdPassword(folder);
  expect(password).toMatch(/^([a-z]{4}-){3}[a-z]{4}$/);
  const file = householdPasswordFile(folder);
  const stored = readFileSync(file, 'utf8');
  expect(stored).not.toContain(password);
  expect(await verifyPassword(password ?? '', stored)).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await ensureHouseholdPassword(folder)).toBeUndefined();
  expect(readFileSync(file, 'utf8')).toBe(stored);
});

test('another password takes its place; one that is too short or too long does not', async () => {
  const folder = secretsFolder();
  await ensureHouseholdPassword(folder);
  await setHouseholdPassword(folder, 'höst-i-skogen');
  const stored = readFileSync(householdPasswordFile(folder), 'utf8');
  expect(await verifyPassword('höst-i-skogen', stored)).toBe(true);
  for (const wrong of ['kort', 'ö'.repeat(129)])
    await expect(setHouseholdPassword(folder, wrong)).rejects.toMatchObject({
      code: 'wrong-usage',
    });
  expect(readFileSync(householdPasswordFile(folder), 'utf8')).toBe(stored);
});
