import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { findFreePort } from '@homelab/tools';
import type { BenchContext } from './bench-context.ts';
import { startMeasured } from './service-under-load.ts';
import type { MeasuredProcess } from './service-under-load.ts';

const database = 'bench_consumer_lag';

/** Only the backend of the consumer lag plugin, on the stack's Kafka and PostgreSQL. */
export interface LagBackend extends Pick<MeasuredProcess, 'stop'> {
  /** Below `/api/consumer-lag`. */
  get(path: string): Promise<string>;
  /** Connections to its database. */
  readonly pool: pg.Pool;
}

/** Starts it with a poll every `pollSeconds` and an empty database, and waits until it responds. */
export async function startLagBackend(
  { stack }: BenchContext,
  options: { pollSeconds: number },
): Promise<LagBackend> {
  const connection = {
    host: '127.0.0.1',
    port: stack.ports.postgres,
    user: 'postgres',
    password: stack.secrets.postgres.postgres,
  };
  await createDatabase(connection);
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const measured = startMeasured({
    command: process.execPath,
    args: [
      ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
      ...['dev/index.ts', '--config', 'dev/app-config.yaml'],
    ],
    cwd: join(stack.folders.root, 'plugins/consumer-lag-backend'),
    env: {
      NODE_ENV: 'development',
      LOG_LEVEL: 'warn',
      APP_CONFIG_backend_baseUrl: JSON.stringify(url),
      APP_CONFIG_backend_listen_port: String(port),
      APP_CONFIG_backend_database_connection: JSON.stringify({
        ...connection,
        database,
      }),
      APP_CONFIG_kafka_clusters: JSON.stringify([
        { name: 'bench', brokers: `127.0.0.1:${stack.ports.kafka}` },
      ]),
      APP_CONFIG_consumerLag_pollIntervalSeconds: String(options.pollSeconds),
    },
  });
  const pool = new pg.Pool({ ...connection, database });
  const get = (path: string) => read(`${url}/api/consumer-lag${path}`);
  await untilAnswers(get);
  return {
    get,
    pool,
    async stop() {
      await pool.end();
      await measured.stop();
    },
  };
}

async function createDatabase(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${database}`);
  await client.end();
}

async function read(url: string): Promise<string> {
  const answer = await fetch(url);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text}`);
  return text;
}

async function untilAnswers(
  get: (path: string) => Promise<string>,
): Promise<void> {
  const deadlineMs = Date.now() + 60_000;
  for (;;) {
    try {
      await get('/clusters');
      return;
    } catch (error) {
      if (Date.now() > deadlineMs) throw error;
      await delay(200);
    }
  }
}
