import {
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureSecrets } from './secrets.ts';

interface Finishing {
  onTestFinished(action: () => void): void;
}

function createFolder(t: Finishing): string {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-secrets-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'secrets');
}

/** A folder with a `secrets.json` of this content. */
async function createStored(t: Finishing, content: unknown): Promise<string> {
  const folder = createFolder(t);
  await mkdir(folder);
  writeFileSync(
    join(folder, 'secrets.json'),
    typeof content === 'string' ? content : JSON.stringify(content),
    { mode: 0o644 },
  );
  return folder;
}

function readStored(folder: string): unknown {
  return JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'));
}

const stored = 'a-password-of-an-older-version';

test('creates secrets once, readable only by their owner', async t => {
  const folder = createFolder(t);
  const one = await ensureSecrets(folder);
  expect(await ensureSecrets(folder)).toEqual(one);
  expect(await readdir(folder)).toEqual(['secrets.json']);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});

test('gives every user and role its own password', async t => {
  const { mqtt, postgres, kafka } = await ensureSecrets(createFolder(t));
  const passwords = [...Object.values(mqtt), ...Object.values(postgres)];
  expect(new Set(passwords).size).toBe(passwords.length);
  for (const password of passwords) expect(password).toMatch(/^[\w-]{32}$/);
  expect(kafka.clusterId).toMatch(/^[\w][\w-]{21}$/);
});

test.for<[string, unknown]>([
  ['a user', { mqtt: { bridge: stored }, postgres: { postgres: stored } }],
  ['a whole group', { mqtt: { bridge: stored } }],
  ['an entry that is null', { mqtt: { bridge: stored, monitor: null } }],
])('adds what an older version lacks: %s', async ([, older], t) => {
  const folder = await createStored(t, older);
  const secrets = await ensureSecrets(folder);
  expect(secrets.mqtt.bridge).toBe(stored);
  expect(secrets.mqtt.monitor).toMatch(/^[\w-]{32}$/);
  expect(secrets.postgres.backstage).toMatch(/^[\w-]{32}$/);
  expect(readStored(folder)).toEqual(secrets);
  expect(await ensureSecrets(folder)).toEqual(secrets);
  expect(await readdir(folder)).toEqual(['secrets.json']);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});

test('keeps what a newer version stored, also when it adds something', async t => {
  const grafana = { admin: 7 };
  const folder = await createStored(t, {
    grafana,
    mqtt: { bridge: stored, camera: stored },
  });
  await ensureSecrets(folder);
  expect(readStored(folder)).toMatchObject({
    grafana,
    mqtt: { bridge: stored, camera: stored },
  });
});

test('replaces a draft left by a killed process', async t => {
  const folder = await createStored(t, { mqtt: { bridge: stored } });
  writeFileSync(join(folder, 'secrets.json.new'), '{"mqtt"', { mode: 0o644 });
  expect((await ensureSecrets(folder)).mqtt.bridge).toBe(stored);
  expect(await readdir(folder)).toEqual(['secrets.json']);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});

test.for<[string, unknown, string]>([
  ['truncated', `{"mqtt": {"bridge": "${stored}`, 'it is truncated'],
  ['empty', '', 'it is truncated'],
  ['foreign', [stored], 'it holds no secrets'],
  ['of another shape', { mqtt: stored }, 'not usable: mqtt)'],
  ['with a number', { mqtt: { bridge: 12 } }, 'not usable: mqtt.bridge)'],
  ['with a short id', { kafka: { clusterId: 'x' } }, 'kafka.clusterId'],
])(
  'refuses a file that is %s, and changes and shows nothing of it',
  async ([, content, reason], t) => {
    const folder = await createStored(t, content);
    const file = join(folder, 'secrets.json');
    const before = readFileSync(file, 'utf8');
    const refusal = await ensureSecrets(folder).catch(String);
    expect(refusal).toContain(reason);
    expect(refusal).toContain(`${file} cannot be used`);
    expect(refusal).toContain('Restore the file');
    expect(refusal).not.toContain(stored);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(await readdir(folder)).toEqual(['secrets.json']);
  },
);
