import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestDatabase, TestScope } from '@homelab/test-kit';
import { addApiToken, createApiToken } from '@homelab/timescale-schema';

const service = join(import.meta.dirname, '../../../services/homelab-api');

/** Starts the Homelab API over a database, as a process that ends with the test. */
export async function startApiProcess(
  t: TestScope,
  database: TestDatabase,
): Promise<{ url: string; token: string }> {
  const token = createApiToken();
  const owner = await database.connect('homelab_owner');
  await addApiToken(owner, {
    token,
    name: 'portal',
    scopes: ['readings:read'],
    expiresAt: null,
  });
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
      API_PORT: '0',
      OPS_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.onTestFinished(async () => {
    if (api.exitCode !== null) return;
    api.kill('SIGTERM');
    await once(api, 'exit');
  });
  for await (const line of createInterface({ input: api.stdout })) {
    const { event, port } = JSON.parse(line);
    if (event === 'api-listening')
      return { url: `http://127.0.0.1:${port}`, token };
  }
  throw new Error('The Homelab API ended before it listened.');
}
