import { fileURLToPath } from 'node:url';
import { Client, DatabaseError } from 'pg';
import type { ClientConfig } from 'pg';
import { readEdition } from './migration-database.ts';
import type { MigrationDatabase } from './migration-database.ts';
import {
  MigrationError,
  pendingMigrations,
  readMigrations,
} from './read-migrations.ts';
import type { AppliedMigration, Edition } from './read-migrations.ts';
import { readRollupSettings } from './rollups/rollup-settings.ts';
import { moveToTimeZone } from './rollups/move-to-time-zone.ts';
import { inTransaction, runMigration } from './run-migration.ts';
import type { MigrationVariables } from './run-migration.ts';
import { hourOffsetMinutes } from './site-zone.ts';

/** Logs the migrations; pino's loggers match. */
export interface MigrationLogger {
  info(fields: Record<string, unknown>, message: string): void;
}

export interface MigrateOptions {
  /** The connection as the owner of the tables; missing parts come from `PG*` variables. */
  connection?: ClientConfig;
  logger?: MigrationLogger;
  /** The folder of `.sql` files; by default this package's own. */
  folder?: string;
  /**
   * IANA zone whose days the daily rollups have. When absent, a database keeps its zone, and a new
   * one gets `newTimeZone`.
   */
  siteTimeZone?: string;
  /** UTC by default. */
  newTimeZone?: string;
  /** How long to wait for another run to end. Default 60 000. */
  lockTimeoutMs?: number;
}

/** The outcome of a run. */
export interface MigrationOutcome {
  /** Names of the migrations that were applied, in order. */
  readonly applied: readonly string[];
  /** Names of those that had been applied before. */
  readonly alreadyThere: readonly string[];
}

/** The folder that holds this package's migrations. */
export const migrationsFolder = fileURLToPath(
  new URL('../migrations/', import.meta.url),
);

// Any number not used for another advisory lock in this database.
const lockKey = 7_020_266_951;

/**
 * Brings a database to the schema of this package: applies every pending migration, each in its
 * own transaction where TimescaleDB allows that, under a lock that allows one run at a time. Days
 * follow the time zone of the site, and pg_cron gets its jobs where it is installed. Running it
 * again changes nothing.
 *
 * Throws {@link MigrationError}, whose message says what is wrong and how to fix it;
 * migrations before the failed one stay applied.
 */
export async function migrate(
  options: MigrateOptions = {},
): Promise<MigrationOutcome> {
  const client = await connect(options.connection ?? {});
  try {
    return await migrateDatabase(client, options, {
      database: client.database ?? '',
      user: client.user ?? '',
    });
  } finally {
    // Ends the session and with it the lock.
    await client.end();
  }
}

/** The same over a connection that is there; `names` are for error messages. */
export async function migrateDatabase(
  database: MigrationDatabase,
  options: Omit<MigrateOptions, 'connection'> = {},
  names: ConnectionNames = { database: '', user: '' },
): Promise<MigrationOutcome> {
  const { logger, folder = migrationsFolder } = options;
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (error instanceof MigrationError) throw error;
      throw failureOf(what, names, error);
    }
  };
  await requireExtension(database, names);
  await takeLock(database, options.lockTimeoutMs ?? 60_000);
  await attempt('the table schema_migrations', () => prepareNotes(database));
  const applied = await readApplied(database);
  const edition = await readEdition(database, applied);
  const migrations = await readMigrations(folder, edition);
  const pending = pendingMigrations(migrations, applied);
  const { siteTimeZone, newTimeZone = 'UTC' } = options;
  for (const migration of pending) {
    await attempt(`migration ${migration.name}`, () =>
      runMigration(
        database,
        migration,
        variablesFor(siteTimeZone ?? newTimeZone, edition),
      ),
    );
    logger?.info(
      { event: 'migration-applied', migration: migration.name },
      `migration ${migration.name} applied`,
    );
  }
  await attempt('the time zone of the rollups', () =>
    followTimeZone(database, edition, options),
  );
  await attempt('the jobs of pg_cron', () => scheduleJobs(database));
  return {
    applied: pending.map(({ name }) => name),
    alreadyThere: applied.map(({ name }) => name),
  };
}

interface ConnectionNames {
  readonly database: string;
  readonly user: string;
}

function variablesFor(
  siteTimeZone: string,
  edition: Edition,
): MigrationVariables {
  const minutes = hourOffsetMinutes(siteTimeZone);
  // TimescaleDB stacks no days of a zone on hours that begin at other minutes.
  if (edition === 'community' && minutes !== 0) {
    throw new MigrationError(
      'time_zone_unusable',
      `Rollups of TimescaleDB's community edition cannot follow the time zone ${siteTimeZone}, whose hours begin ${minutes} minutes past those of UTC: set SITE_TIME_ZONE to a zone of whole hours, or use the Apache edition.`,
    );
  }
  return { site_time_zone: siteTimeZone, hour_offset: `${minutes} minutes` };
}

async function followTimeZone(
  database: MigrationDatabase,
  edition: Edition,
  { siteTimeZone, logger }: MigrateOptions,
): Promise<void> {
  const settings = await readRollupSettings(database);
  if (settings === undefined || siteTimeZone === undefined) return;
  if (settings.timeZone === siteTimeZone) return;
  if (settings.hourOffsetMs !== hourOffsetMinutes(siteTimeZone) * 60_000) {
    throw new MigrationError(
      'time_zone_unusable',
      `The rollups are kept in hours of ${settings.timeZone}; those of ${siteTimeZone} begin at other minutes, for which older readings are gone: keep SITE_TIME_ZONE, or begin with an empty database.`,
    );
  }
  await moveToTimeZone(database, edition, variablesFor(siteTimeZone, edition));
  logger?.info(
    { event: 'time-zone-changed', from: settings.timeZone, to: siteTimeZone },
    `daily rollups now follow ${siteTimeZone} instead of ${settings.timeZone}`,
  );
}

/** On every run, since pg_cron may have been installed since the last one. */
async function scheduleJobs(database: MigrationDatabase): Promise<void> {
  const { rows } = await database.query<{ there: boolean }>(
    "SELECT to_regproc('schedule_rollup_jobs') IS NOT NULL AS there",
  );
  if (rows[0]?.there === true)
    await database.query('SELECT schedule_rollup_jobs()');
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

async function requireExtension(
  database: MigrationDatabase,
  names: ConnectionNames,
): Promise<void> {
  const found = await database.query(
    "SELECT FROM pg_extension WHERE extname = 'timescaledb'",
  );
  if (found.rows.length > 0) return;
  throw new MigrationError(
    'extension_missing',
    `The database "${names.database}" has no timescaledb extension; run CREATE EXTENSION timescaledb in it as a superuser.`,
  );
}

/** A session lock, which spans the transactions of all migrations. */
async function takeLock(
  database: MigrationDatabase,
  timeoutMs: number,
): Promise<void> {
  try {
    await database.query("SELECT set_config('lock_timeout', $1, false)", [
      `${timeoutMs}ms`,
    ]);
    await database.query('SELECT pg_advisory_lock($1)', [lockKey]);
  } catch (error) {
    throw new MigrationError(
      'locked',
      `Another run has held the migration lock for ${timeoutMs / 1000} s; wait until it has finished, then run this again.`,
      { cause: error, retryable: true },
    );
  }
}

function prepareNotes(database: MigrationDatabase): Promise<void> {
  return inTransaction(database, async () => {
    await database.query(
      `CREATE TABLE IF NOT EXISTS schema_migrations (
         name text PRIMARY KEY,
         checksum text NOT NULL,
         applied_at timestamptz NOT NULL DEFAULT now()
       )`,
    );
  });
}

async function readApplied(
  database: MigrationDatabase,
): Promise<AppliedMigration[]> {
  const applied = await database.query<AppliedMigration>(
    'SELECT name, checksum FROM schema_migrations ORDER BY name',
  );
  return applied.rows;
}

const lockTimedOut = '55P03';

function failureOf(
  what: string,
  names: ConnectionNames,
  error: unknown,
): MigrationError {
  return new MigrationError('sql_failed', describe(what, names, error), {
    cause: error,
    retryable: error instanceof DatabaseError && error.code === lockTimedOut,
  });
}

function describe(
  what: string,
  { database, user }: ConnectionNames,
  error: unknown,
): string {
  const start = `In database "${database}" as ${user}: ${what} failed; running it again is safe`;
  if (!(error instanceof DatabaseError)) {
    const reason = error instanceof Error ? error.message : String(error);
    return `${start}. The connection was lost (${reason}).`;
  }
  const reason = `${error.message}, ${error.code}`;
  switch (error.code) {
    case lockTimedOut:
      return `${start} (${reason}); another session is using the table: wait until its transaction ends, or end it, then run this again.`;
    case '42501':
      return `${start} (${reason}); run it as the role that owns the database.`;
    case '42704':
      return `${start} (${reason}); create what is missing as a superuser, including the roles homelab_sink, homelab_control, homelab_reader, homelab_api and homelab_live.`;
    case '42P07':
      return `${start} (${reason}); the table was created by something else: rename it, or use an empty database.`;
    default:
      return `${start} (${reason}).`;
  }
}
