import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { testServers } from '@homelab/test-kit';
import type { TestDatabase, TestScope } from '@homelab/test-kit';

const service = join(import.meta.dirname, '../../../services/energy-websocket');

/** A live server as a process. */
export interface LiveProcess {
  readonly url: string;
  kill(): Promise<void>;
}

/** Starts the live server over a database, as a process that ends with the test. */
export async function startLiveProcess(
  t: TestScope,
  database: TestDatabase,
  port = 0,
): Promise<LiveProcess> {
  const role = database.connection('homelab_live');
  const live = spawn(process.execPath, ['src/main.ts'], {
    cwd: service,
    env: {
      ...process.env,
      PGHOST: role.host,
      PGPORT: String(role.port),
      PGUSER: role.user,
      PGPASSWORD: role.password,
      PGDATABASE: role.database,
      KAFKA_BROKERS: testServers().kafka.brokers.join(','),
      LIVE_PORT: String(port),
      OPS_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = async () => {
    if (live.exitCode !== null || live.signalCode !== null) return;
    live.kill('SIGKILL');
    await once(live, 'exit');
  };
  t.onTestFinished(kill);
  for await (const line of createInterface({ input: live.stdout })) {
    const { event, port: opened } = JSON.parse(line);
    if (event === 'live-listening') {
      // Nobody else reads it, and a full pipe would stop the server.
      live.stdout.resume();
      return { url: `ws://127.0.0.1:${opened}/api/v1/live`, kill };
    }
  }
  throw new Error('The live server ended before it listened.');
}
