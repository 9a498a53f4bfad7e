import { existsSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HomelabError } from '../homelab-error.ts';
import { runProgram } from '../native/run-program.ts';
import {
  createPrivateFolder,
  serverUser,
  writePrivateFile,
} from '../native/server-user.ts';
import type { ProcessSpec } from '../runner/process-spec.ts';
import { setUpDatabases } from './postgres-databases.ts';
import { type ServerDeps, serverRestart } from './server-deps.ts';

/**
 * PostgreSQL with TimescaleDB on loopback, every connection by password. Once it is ready its
 * roles and databases exist.
 */
export function createPostgres(deps: ServerDeps): ProcessSpec {
  const { tools, folders, ports, secrets } = deps;
  const configDir = join(folders.config, 'postgres');
  const dataDir = join(folders.data, 'postgres');
  const user = serverUser();
  const port = String(ports.postgres);
  return {
    name: 'postgres',
    essential: true,
    command: join(tools.postgresBinDir, 'postgres'),
    args: [`--config-file=${join(configDir, 'postgresql.conf')}`],
    runAs: user,
    prepare: async () => {
      await createPrivateFolder(configDir, user);
      await initialise(deps, { configDir, dataDir });
      await clearStalePid(dataDir);
      await writePrivateFile(
        join(configDir, 'postgresql.conf'),
        postgresConfig({ port: ports.postgres, configDir, dataDir }),
        user,
      );
      await writePrivateFile(
        join(configDir, 'pg_hba.conf'),
        postgresAccess,
        user,
      );
    },
    afterReady: () =>
      setUpDatabases({ port: ports.postgres, passwords: secrets.postgres }),
    ready: {
      kind: 'exec',
      command: join(tools.postgresBinDir, 'pg_isready'),
      args: ['--quiet', '--host=127.0.0.1', `--port=${port}`],
    },
    // After a crash it first replays its log.
    readyTimeoutMs: 60_000,
    restart: serverRestart,
    // Fast shutdown: open sessions are ended, the data is checkpointed.
    stopSignal: 'SIGINT',
    stopTimeoutMs: 30_000,
    ports: [{ label: 'PostgreSQL', port: ports.postgres }],
  };
}

/** Only passwords, only over loopback. */
const postgresAccess = 'host all all 127.0.0.1/32 scram-sha-256\n';

/** The server's configuration, written anew at each start; sized for a house on a small machine. */
export function postgresConfig(options: {
  port: number;
  configDir: string;
  dataDir: string;
}): string {
  const settings = {
    data_directory: options.dataDir,
    hba_file: join(options.configDir, 'pg_hba.conf'),
    ident_file: join(options.dataDir, 'pg_ident.conf'),
    listen_addresses: '127.0.0.1',
    port: options.port,
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    // Each Backstage plugin keeps its own pool.
    max_connections: 150,
    shared_buffers: '128MB',
    effective_cache_size: '512MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '512MB',
    min_wal_size: '80MB',
    max_worker_processes: 16,
    max_parallel_workers: 2,
    max_locks_per_transaction: 128,
    // Compiling a query costs more than these queries take.
    jit: 'off',
    shared_preload_libraries: 'timescaledb',
    'timescaledb.telemetry_level': 'off',
    'timescaledb.max_background_workers': 8,
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u@%d ',
    log_min_duration_statement: '1s',
    lc_messages: 'C',
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${quote(value)}\n`)
    .join('');
}

function quote(value: string | number): string {
  return typeof value === 'number'
    ? String(value)
    : `'${value.replaceAll("'", "''")}'`;
}

/** Makes the data folder in one rename, so that an interrupted initdb leaves nothing that counts. */
async function initialise(
  { tools, secrets }: ServerDeps,
  { configDir, dataDir }: { configDir: string; dataDir: string },
): Promise<void> {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return;
  const user = serverUser();
  const draftDir = `${dataDir}.new`;
  await rm(draftDir, { recursive: true, force: true });
  await createPrivateFolder(draftDir, user);
  const passwordFile = join(configDir, 'superuser-password');
  try {
    await writePrivateFile(
      passwordFile,
      `${secrets.postgres.postgres}\n`,
      user,
    );
    await runProgram({
      command: tools.initdb,
      args: [
        `--pgdata=${draftDir}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // The same order everywhere, whatever locales the machine has.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--data-checksums',
        // The folder is only named PostgreSQL's after this has ended well.
        '--no-sync',
      ],
      cwd: draftDir,
      runAs: user,
      purpose: 'Creating the database folder',
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rm(dataDir, { recursive: true, force: true });
  await rename(draftDir, dataDir);
}

/**
 * Removes the pid file of a server that was killed. PostgreSQL itself keeps it when another
 * process got the number meanwhile, and then would not start.
 * @throws HomelabError when that server still runs.
 */
async function clearStalePid(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const pid = Number.parseInt(text, 10);
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(
    () => '',
  );
  if (/^\S*postgres\0/.test(command)) {
    throw new HomelabError(
      'already-running',
      `PostgreSQL (process ${pid}) still runs on ${dataDir}: stop it with "./homelab down", or with "kill -INT ${pid}".`,
    );
  }
  await rm(file, { force: true });
}
