import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestDatabase, TestScope } from '@homelab/test-kit';
import { addApiToken, createApiToken } from '@homelab/timescale-schema';

const service = join(import.meta.dirname, '../../../services/homelab-api');

/** A running Homelab API. */
export interface ApiProcess {
  readonly url: string;
  readonly port: number;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
}

/** Makes a token of the API that may read. */
export async function addReadingToken(database: TestDatabase): Promise<string> {
  const token = createApiToken();
  const owner = await database.connect('homelab_owner');
  await addApiToken(owner, {
    token,
    name: 'portal',
    scopes: ['readings:read'],
    expiresAt: null,
  });
  return token;
}

/**
 * Starts the Homelab API over a database, as a process that ends with the test, on any free port
 * unless one is given.
 */
export async function startApiProcess(
  t: TestScope,
  database: TestDatabase,
  wantedPort = 0,
): Promise<ApiProcess> {
  const role = database.connection('homelab_api');
  const api = spawn(process.execPath, ['src/main.ts'], {
    cwd: service,
    env: {
      ...process.env,
      PGHOST: role.host,
      PGPORT: String(role.port),
      PGUSER: role.user,
      PGPASSWORD: role.password,
      PGDATABASE: role.database,
      API_PORT: String(wantedPort),
      OPS_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(api, 'exit');
  const end = async (signal: NodeJS.Signals) => {
    api.kill(signal);
    await exited;
  };
  t.onTestFinished(() => end('SIGTERM'));
  for await (const line of createInterface({ input: api.stdout })) {
    const { event, port } = JSON.parse(line);
    if (event !== 'api-listening') continue;
    const url = `http://127.0.0.1:${port}`;
    return { url, port, kill: () => end('SIGKILL') };
  }
  throw new Error('The Homelab API ended before it listened.');
}
