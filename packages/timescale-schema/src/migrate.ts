import { fileURLToPath } from 'node:url';
import { Client, DatabaseError } from 'pg';
import type { ClientConfig } from 'pg';
import {
  MigrationError,
  pendingMigrations,
  readMigrations,
} from './read-migrations.ts';
import type { AppliedMigration, Migration } from './read-migrations.ts';

/** Logs the migrations; a pino logger fits. */
export interface MigrationLogger {
  info(fields: Record<string, unknown>, message: string): void;
}

export interface MigrateOptions {
  /** How to reach the database as the owner of the tables; absent parts come from `PG*` variables. */
  connection?: ClientConfig;
  logger?: MigrationLogger;
  /** The folder of `.sql` files; this package's own when absent. */
  folder?: string;
  /** How long to wait for another run to end. Default 60 000. */
  lockTimeoutMs?: number;
}

/** What a run did. */
export interface MigrationOutcome {
  /** Names of the migrations applied now, in order. */
  readonly applied: readonly string[];
  /** Names of those that were there before. */
  readonly alreadyThere: readonly string[];
}

/** The folder that holds this package's migrations. */
export const migrationsFolder = fileURLToPath(
  new URL('../migrations/', import.meta.url),
);

// Any number not used for another advisory lock in this database.
const lockKey = 7_020_266_951;

/**
 * Brings a database to the schema of this package: every migration that it does not have
 * yet, each in a transaction of its own, under a lock that lets one run at a time.
 * Running it again changes nothing.
 *
 * Throws {@link MigrationError}, whose message says what is wrong and how to fix it;
 * migrations before the failed one stay applied.
 */
export async function migrate(
  options: MigrateOptions = {},
): Promise<MigrationOutcome> {
  const { connection = {}, logger, folder = migrationsFolder } = options;
  const migrations = await readMigrations(folder);
  const client = await connect(connection);
  try {
    await requireExtension(client);
    await takeLock(client, options.lockTimeoutMs ?? 60_000);
    const applied = await readApplied(client);
    const pending = pendingMigrations(migrations, applied);
    for (const migration of pending) {
      await apply(client, migration);
      logger?.info(
        { event: 'migration-applied', migration: migration.name },
        `migration ${migration.name} applied`,
      );
    }
    return {
      applied: pending.map(({ name }) => name),
      alreadyThere: applied.map(({ name }) => name),
    };
  } finally {
    // Ends the session and with it the lock.
    await client.end();
  }
}

async function connect(connection: ClientConfig): Promise<Client> {
  const client = new Client({
    application_name: 'homelab-migrations',
    connectionTimeoutMillis: 10_000,
    ...connection,
  });
  // If the connection breaks between two statements, the next one reports it.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    const reason =
      error instanceof Error ? error.message || error.name : String(error);
    throw new MigrationError(
      'database_unreachable',
      `Cannot reach database "${client.database}" at ${client.host}:${client.port} as ${client.user} (${reason}); start PostgreSQL or correct PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE.`,
      { cause: error, retryable: true },
    );
  }
}

async function requireExtension(client: Client): Promise<void> {
  const found = await client.query(
    "SELECT 1 FROM pg_extension WHERE extname = 'timescaledb'",
  );
  if (found.rowCount !== 0) return;
  throw new MigrationError(
    'extension_missing',
    `The database "${client.database}" has no timescaledb extension; let a superuser run CREATE EXTENSION timescaledb in it.`,
  );
}

/** A lock of the session, so that it spans the transactions of all migrations. */
async function takeLock(client: Client, timeoutMs: number): Promise<void> {
  try {
    await client.query("SELECT set_config('lock_timeout', $1, false)", [
      `${timeoutMs}ms`,
    ]);
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
  } catch (error) {
    throw new MigrationError(
      'locked',
      `Another run has held the migration lock for ${timeoutMs / 1000} s; wait until it has ended, then run this again.`,
      { cause: error, retryable: true },
    );
  }
}

async function readApplied(client: Client): Promise<AppliedMigration[]> {
  await inTransaction(client, 'the table schema_migrations', async () => {
    await client.query(
      `CREATE TABLE IF NOT EXISTS schema_migrations (
         name text PRIMARY KEY,
         checksum text NOT NULL,
         applied_at timestamptz NOT NULL DEFAULT now()
       )`,
    );
  });
  const applied = await client.query<AppliedMigration>(
    'SELECT name, checksum FROM schema_migrations ORDER BY name',
  );
  return applied.rows;
}

async function apply(
  client: Client,
  { name, sql, checksum }: Migration,
): Promise<void> {
  await inTransaction(client, `migration ${name}`, async () => {
    await client.query(sql);
    await client.query(
      'INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)',
      [name, checksum],
    );
  });
}

async function inTransaction(
  client: Client,
  what: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await client.query('BEGIN');
    await work();
    await client.query('COMMIT');
  } catch (error) {
    // Without a connection there is nothing to roll back.
    await client.query('ROLLBACK').catch(() => {});
    throw new MigrationError('sql_failed', describe(what, client, error), {
      cause: error,
      retryable: error instanceof DatabaseError && error.code === lockTimedOut,
    });
  }
}

const lockTimedOut = '55P03';

function describe(what: string, client: Client, error: unknown): string {
  const start = `In database "${client.database}" as ${client.user}: ${what} failed and left nothing behind`;
  if (!(error instanceof DatabaseError)) {
    const reason = error instanceof Error ? error.message : String(error);
    return `${start}, since the connection broke (${reason}); run this again.`;
  }
  const reason = `${error.message}, ${error.code}`;
  switch (error.code) {
    case lockTimedOut:
      return `${start} (${reason}); another session uses the table: wait until its transaction has ended, or end it, then run this again.`;
    case '42501':
      return `${start} (${reason}); run it as the role that owns the database.`;
    case '42704':
      return `${start} (${reason}); let a superuser create what is missing, the roles homelab_sink, homelab_reader and homelab_api among it.`;
    case '42P07':
      return `${start} (${reason}); the table was made by something else: move it away, or use an empty database.`;
    default:
      return `${start} (${reason}).`;
  }
}
