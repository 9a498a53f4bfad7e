import { randomBytes } from 'node:crypto';
import {
  chmod,
  mkdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { HomelabError, systemCodeOf } from '../homelab-error.ts';

/** Clients of the MQTT broker; each has its own password and rights. */
export const mqttUsers = ['bridge', 'simulator', 'devices', 'monitor'] as const;
/** One of {@link mqttUsers}. */
export type MqttUser = (typeof mqttUsers)[number];

/** Roles of the database server; `postgres` is its superuser, used only to set up the others. */
export const postgresRoles = [
  'postgres',
  'homelab_owner',
  'homelab_sink',
  'homelab_reader',
  'backstage',
] as const;
/** One of {@link postgresRoles}. */
export type PostgresRole = (typeof postgresRoles)[number];

/** How one secret is made, and what it must look like to be used. */
interface SecretKind {
  create(): string;
  isUsable(value: string): boolean;
}

/** 192 random bits, safe in a URL and in a configuration file. */
const password: SecretKind = {
  create: () => randomBytes(24).toString('base64url'),
  isUsable: value => value.length >= 16,
};

/** A UUID in base64url, as Kafka wants it; its tools take an id that starts with "-" for an option. */
const kafkaClusterId: SecretKind = {
  create: () => `h${randomBytes(16).toString('base64url').slice(1)}`,
  isUsable: value => value.length === 22,
};

const secretKinds = {
  mqtt: forEach(mqttUsers, password),
  postgres: forEach(postgresRoles, password),
  kafka: { clusterId: kafkaClusterId },
};

/** What `secrets.json` holds: groups of named values. */
export type Secrets = {
  [Group in keyof typeof secretKinds]: Record<
    keyof (typeof secretKinds)[Group],
    string
  >;
};

type StoredSecrets = Record<string, Record<string, unknown>>;

/**
 * Reads `secrets.json` in a folder that only its owner can open, creating both the first time. Secrets that
 * an older version did not know yet are added; what a newer version stored stays in the file.
 * The caller holds the lock of the run, so no other process does the same meanwhile.
 * @throws HomelabError `broken-settings` when the file cannot be understood; never shows a value
 */
export async function ensureSecrets(secretsDir: string): Promise<Secrets> {
  const file = join(secretsDir, 'secrets.json');
  await mkdir(secretsDir, { recursive: true, mode: 0o700 });
  await chmod(secretsDir, 0o700);
  const stored = (await readStored(file)) ?? {};
  if (isComplete(stored)) return stored;
  const completed = complete(stored);
  await replace(file, completed);
  return completed;
}

/** What is stored, plus new values for what is missing. */
function complete(stored: StoredSecrets): Secrets {
  const completed: StoredSecrets = { ...stored };
  for (const { group, name, kind } of listKinds()) {
    completed[group] = {
      ...completed[group],
      [name]: completed[group]?.[name] ?? kind.create(),
    };
  }
  return completed as Secrets;
}

function isComplete(stored: StoredSecrets): stored is Secrets {
  return listKinds().every(
    ({ group, name }) => stored[group]?.[name] !== undefined,
  );
}

function listKinds(): { group: string; name: string; kind: SecretKind }[] {
  return Object.entries(secretKinds).flatMap(([group, kinds]) =>
    Object.entries<SecretKind>(kinds).map(([name, kind]) => ({
      group,
      name,
      kind,
    })),
  );
}

async function replace(file: string, secrets: Secrets): Promise<void> {
  const draft = `${file}.new`;
  await rm(draft, { force: true });
  // On disk before it gets its name: a power cut must not leave an empty file.
  await writeFile(draft, `${JSON.stringify(secrets, null, 2)}\n`, {
    mode: 0o600,
    flush: true,
  });
  await rename(draft, file);
}

/** @returns undefined when there is no file */
async function readStored(file: string): Promise<StoredSecrets | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  await chmod(file, 0o600);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which is secret.
    throw brokenSecrets(file, 'it is not JSON, or only part of it is left');
  }
  if (!isObject(content)) throw brokenSecrets(file, 'it holds no secrets');
  const wrong = listKinds().flatMap(({ group, name, kind }) => {
    const values = content[group] ?? {};
    if (!isObject(values)) return [group];
    const value = values[name] ?? undefined;
    const usable =
      value === undefined ||
      (typeof value === 'string' && kind.isUsable(value));
    return usable ? [] : [`${group}.${name}`];
  });
  if (wrong.length > 0) {
    throw brokenSecrets(file, `not usable: ${[...new Set(wrong)].join(', ')}`);
  }
  return content as StoredSecrets;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function forEach<Name extends string>(
  names: readonly Name[],
  kind: SecretKind,
): Record<Name, SecretKind> {
  return Object.fromEntries(names.map(name => [name, kind])) as Record<
    Name,
    SecretKind
  >;
}

function brokenSecrets(file: string, why: string): HomelabError {
  return new HomelabError(
    'broken-settings',
    `The secrets in ${file} cannot be used (${why}). Restore the file from a backup. Without one, only "./homelab reset" helps, which also deletes all stored data.`,
  );
}
