import { join } from 'node:path';
import { homelabDatabase } from './roles.ts';

/** Only passwords, only over loopback. */
export const postgresAccess = 'host all all 127.0.0.1/32 scram-sha-256\n';

/** The server's configuration, rewritten at every start; sized for a house on a small machine. */
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
    // Those of TimescaleDB, two for parallel queries, pg_cron's launcher and each of its running jobs.
    max_worker_processes: 24,
    max_parallel_workers: 2,
    max_locks_per_transaction: 128,
    // Compiling a query costs more than these queries take.
    jit: 'off',
    shared_preload_libraries: 'timescaledb,pg_cron',
    'timescaledb.telemetry_level': 'off',
    'timescaledb.max_background_workers': 8,
    'cron.database_name': homelabDatabase,
    // Jobs run inside the server, without a connection or a password.
    'cron.use_background_workers': 'on',
    'cron.timezone': 'UTC',
    // One line each minute would say what cron.job_run_details says.
    'cron.log_statement': 'off',
    'cron.log_min_messages': 'warning',
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
