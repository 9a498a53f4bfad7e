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
import { type Secrets, servers } from '../servers/index.ts';
import type { SecretKind, Server } from '../servers/server.ts';

type StoredSecrets = Record<string, Record<string, unknown>>;

/**
 * Reads `secrets.json` in a folder that only its owner can open, creating both the first time. Adds
 * secrets that an older version did not have, and keeps those of a newer one. The caller holds the
 * lock of the run, so no other process does this at the same time.
 * @throws HomelabError `broken-settings` when the file cannot be understood; never shows a value
 */
export async function ensureSecrets(
  secretsDir: string,
  list: readonly Server[] = servers,
): Promise<Secrets> {
  const kinds = listKinds(list);
  const file = join(secretsDir, 'secrets.json');
  await mkdir(secretsDir, { recursive: true, mode: 0o700 });
  await chmod(secretsDir, 0o700);
  const stored = (await readStored(file, kinds)) ?? {};
  if (isComplete(stored, kinds)) return stored;
  const completed = complete(stored, kinds);
  await replace(file, completed);
  return completed;
}

/** The stored secrets, plus new values for missing ones. */
function complete(stored: StoredSecrets, kinds: readonly NamedKind[]): Secrets {
  const completed: StoredSecrets = { ...stored };
  for (const { group, name, kind } of kinds) {
    completed[group] = {
      ...completed[group],
      [name]: completed[group]?.[name] ?? kind.create(),
    };
  }
  return completed as Secrets;
}

function isComplete(
  stored: StoredSecrets,
  kinds: readonly NamedKind[],
): stored is Secrets {
  return kinds.every(({ group, name }) => stored[group]?.[name] !== undefined);
}

interface NamedKind {
  group: string;
  name: string;
  kind: SecretKind;
}

function listKinds(list: readonly Server[]): NamedKind[] {
  const groups = list.flatMap(({ secrets }) => Object.entries(secrets));
  return groups.flatMap(([group, kinds]) =>
    Object.entries(kinds).map(([name, kind]) => ({
      group,
      name,
      kind,
    })),
  );
}

async function replace(file: string, secrets: Secrets): Promise<void> {
  const draft = `${file}.new`;
  await rm(draft, { force: true });
  // Synced before it is renamed: a power cut must not leave an empty file.
  await writeFile(draft, `${JSON.stringify(secrets, null, 2)}\n`, {
    mode: 0o600,
    flush: true,
  });
  await rename(draft, file);
}

/** @returns undefined when there is no file */
async function readStored(
  file: string,
  kinds: readonly NamedKind[],
): Promise<StoredSecrets | undefined> {
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
    throw brokenSecrets(file, 'it is not JSON, or it is truncated');
  }
  if (!isObject(content)) throw brokenSecrets(file, 'it holds no secrets');
  const wrong = kinds.flatMap(({ group, name, kind }) => {
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

function brokenSecrets(file: string, why: string): HomelabError {
  return new HomelabError(
    'broken-settings',
    `The secrets in ${file} cannot be used (${why}). Restore the file from a backup, or run "./homelab reset", which also deletes all stored data.`,
  );
}
