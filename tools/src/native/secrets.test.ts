import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSecrets, ensureSecrets, secretsSchema } from './secrets.ts';

interface Finishing {
  onTestFinished(action: () => void): void;
}

function createFolder(t: Finishing): string {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-secrets-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'secrets');
}

test('makes secrets once, readable by their owner alone', async t => {
  const folder = createFolder(t);
  const [one, two] = await Promise.all([
    ensureSecrets(folder),
    ensureSecrets(folder),
  ]);
  expect(two).toEqual(one);
  expect(await ensureSecrets(folder)).toEqual(one);
  expect(await readdir(folder)).toEqual(['secrets.json']);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});

test('gives every user and role a password of its own', () => {
  const { mqtt, postgres, kafka } = secretsSchema.parse(createSecrets());
  const passwords = [...Object.values(mqtt), ...Object.values(postgres)];
  expect(new Set(passwords).size).toBe(9);
  for (const password of passwords) expect(password).toMatch(/^[\w-]{32}$/);
  expect(kafka.clusterId).toMatch(/^[\w][\w-]{21}$/);
});

test('names what is wrong in a broken file, but never a value', async t => {
  const folder = createFolder(t);
  const good = await ensureSecrets(folder);
  const file = join(folder, 'secrets.json');
  const secret = good.mqtt.bridge;
  writeFileSync(
    file,
    JSON.stringify({ ...good, kafka: { clusterId: secret } }),
  );
  const wrong = await ensureSecrets(folder).catch(String);
  expect(wrong).toContain('kafka.clusterId');
  expect(wrong).toContain(file);
  expect(wrong).not.toContain(secret);
  writeFileSync(file, `{"mqtt": ${secret}`);
  const cut = await ensureSecrets(folder).catch(String);
  expect(cut).toContain('not JSON');
  expect(cut).not.toContain(secret);
});
