import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
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

const password = z.string().min(16);

/** What `secrets.json` holds; every password is safe in a URL and a config file. */
export const secretsSchema = z.object({
  mqtt: z.record(z.enum(mqttUsers), password),
  postgres: z.record(z.enum(postgresRoles), password),
  kafka: z.object({ clusterId: z.string().length(22) }),
});

/** The secrets of one stack. */
export type Secrets = z.infer<typeof secretsSchema>;

/** Random secrets of 192 bits each; the Kafka cluster id is a UUID in base64url. */
export function createSecrets(
  random: (bytes: number) => Buffer = randomBytes,
): Secrets {
  const next = () => random(24).toString('base64url');
  // Kafka's tools read an id that starts with "-" as an option.
  const clusterId = `h${random(16).toString('base64url').slice(1)}`;
  return {
    mqtt: {
      bridge: next(),
      simulator: next(),
      devices: next(),
      monitor: next(),
    },
    postgres: {
      postgres: next(),
      homelab_owner: next(),
      homelab_sink: next(),
      homelab_reader: next(),
      backstage: next(),
    },
    kafka: { clusterId },
  };
}

/**
 * Reads `secrets.json` in a folder that only its owner can open, making both the first time.
 * Two processes that start at once end with the same secrets.
 * @throws HomelabError when the file exists but cannot be understood; never names a value.
 */
export async function ensureSecrets(secretsDir: string): Promise<Secrets> {
  const file = join(secretsDir, 'secrets.json');
  await mkdir(secretsDir, { recursive: true, mode: 0o700 });
  await chmod(secretsDir, 0o700);
  const existing = await readSecrets(file);
  if (existing !== undefined) return existing;
  const draft = join(secretsDir, `secrets.json.${process.pid}`);
  await writeFile(draft, `${JSON.stringify(createSecrets(), null, 2)}\n`, {
    mode: 0o600,
  });
  try {
    // Unlike rename, link never replaces the secrets that another process wrote meanwhile.
    await link(draft, file);
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const written = await readSecrets(file);
  if (written === undefined) throw brokenSecrets(file, 'it vanished');
  return written;
}

async function readSecrets(file: string): Promise<Secrets | undefined> {
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
    throw brokenSecrets(file, 'it is not JSON');
  }
  const parsed = secretsSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const keys = parsed.error.issues.map(issue => issue.path.join('.') || 'all');
  throw brokenSecrets(file, `wrong or missing: ${keys.join(', ')}`);
}

function brokenSecrets(file: string, why: string): HomelabError {
  return new HomelabError(
    'broken-settings',
    `The secrets in ${file} cannot be used (${why}): restore the file, or run "./homelab reset" to begin anew.`,
  );
}
