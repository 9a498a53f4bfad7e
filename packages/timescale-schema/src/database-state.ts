import type { Edition } from './read-migrations.ts';
import { readMigrations } from './read-migrations.ts';
import { readEdition } from './migration-database.ts';
import type { MigrationDatabase } from './migration-database.ts';
import { migrationsFolder } from './migrate.ts';
import { allRollups, bucketColumn } from './rollups/rollups.ts';
import { readRollupSettings } from './rollups/rollup-settings.ts';
import { allReadingTables, clockColumns } from './tables.ts';

/** What a person asks of a database of ours: what it is, what is in it, and who keeps it. */
export interface DatabaseState {
  readonly edition: Edition;
  readonly versions: {
    readonly postgres: string;
    readonly timescaledb: string;
  };
  readonly migrations: {
    readonly applied: readonly string[];
    readonly pending: readonly string[];
  };
  readonly tables: readonly TableState[];
  /** Absent while the schema has no rollups. */
  readonly rollups?: RollupState;
  readonly jobs: JobsState;
}

/** A table of readings, or a view of rollups with what is behind it. */
export interface TableState {
  readonly name: string;
  readonly bytes: number;
  /** As estimated by PostgreSQL, which counts now and then; `null` before it did. */
  readonly rows: number | null;
  readonly oldest: Date | null;
  readonly newest: Date | null;
}

/** How far the rollups have come. */
export interface RollupState {
  readonly timeZone: string;
  /** Changed hours that wait for a refresh; `null` on the community edition, which does not say. */
  readonly waitingHours: number | null;
  readonly refreshedAt: Date | null;
  /** Changes that came after their readings were deleted. */
  readonly tooLate: number;
}

/** Who runs refresh and retention. */
export interface JobsState {
  readonly scheduler: 'pg_cron' | 'timescaledb' | 'none';
  readonly list: readonly JobState[];
}

/** A scheduled job and its last run. */
export interface JobState {
  readonly name: string;
  readonly lastEndedAt: Date | null;
  /** What the last failed run said; `null` when the last run succeeded. */
  readonly lastError: string | null;
}

/** Reads the state as the owner of the tables. Works with a schema that is too old or missing. */
export async function readDatabaseState(
  database: MigrationDatabase,
): Promise<DatabaseState> {
  const exists = await relationExists(database, 'schema_migrations');
  const applied = exists
    ? (
        await database.query<{ name: string }>(
          'SELECT name FROM schema_migrations ORDER BY name',
        )
      ).rows
    : [];
  const edition = await readEdition(database, applied);
  const wanted = await readMigrations(migrationsFolder, edition);
  const names = new Set(applied.map(({ name }) => name));
  return {
    edition,
    versions: await readVersions(database),
    migrations: {
      applied: [...names],
      pending: wanted.map(({ name }) => name).filter(name => !names.has(name)),
    },
    tables: await readTables(database, edition),
    rollups: await readRollups(database),
    jobs: await readJobs(database, edition),
  };
}

async function readVersions(database: MigrationDatabase) {
  const { rows } = await database.query<DatabaseState['versions']>(
    `SELECT current_setting('server_version') AS postgres,
       coalesce((SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'), 'missing') AS timescaledb`,
  );
  return rows[0] ?? { postgres: 'unknown', timescaledb: 'unknown' };
}

async function readTables(
  database: MigrationDatabase,
  edition: Edition,
): Promise<TableState[]> {
  const stored = edition === 'apache' ? '_stored' : '';
  const wanted = [
    ...allReadingTables.map(({ name }) => ({
      ...{ name, relation: name, time: clockColumns.measuredAt as string },
    })),
    ...allRollups
      .flatMap(({ hourly, daily }) => [hourly, daily])
      .map(name => ({
        ...{ name, relation: `${name}${stored}`, time: bucketColumn },
      })),
  ];
  const tables: TableState[] = [];
  for (const { name, relation, time } of wanted)
    if (await relationExists(database, relation))
      tables.push({ name, ...(await measure(database, relation, time)) });
  return tables;
}

/** Walks from device to device, since there is no index on time alone. */
async function measure(
  database: MigrationDatabase,
  relation: string,
  time: string,
): Promise<Omit<TableState, 'name'>> {
  const { rows } = await database.query<Omit<TableState, 'name'>>(
    `WITH RECURSIVE devices (id) AS (
       (SELECT device_id FROM ${relation} ORDER BY device_id LIMIT 1)
       UNION ALL
       SELECT (SELECT device_id FROM ${relation} WHERE device_id > devices.id ORDER BY device_id LIMIT 1)
       FROM devices WHERE devices.id IS NOT NULL
     ), spans AS (
       SELECT span.* FROM devices CROSS JOIN LATERAL (
         SELECT min(${time}) AS oldest, max(${time}) AS newest FROM ${relation} WHERE device_id = devices.id
       ) AS span
     )
     SELECT min(oldest) AS oldest, max(newest) AS newest,
       coalesce(hypertable_size($1::regclass), pg_total_relation_size($1::regclass))::double precision AS bytes,
       nullif(approximate_row_count($1::regclass), -1)::double precision AS rows
     FROM spans`,
    [relation],
  );
  return rows[0] ?? { bytes: 0, rows: null, oldest: null, newest: null };
}

async function readRollups(
  database: MigrationDatabase,
): Promise<RollupState | undefined> {
  const settings = await readRollupSettings(database);
  if (settings === undefined) return undefined;
  const { timeZone } = settings;
  if (!(await relationExists(database, 'rollup_progress')))
    return { timeZone, waitingHours: null, refreshedAt: null, tooLate: 0 };
  const { rows } = await database.query<Omit<RollupState, 'timeZone'>>(
    `SELECT (SELECT count(*)::int FROM (SELECT DISTINCT stream, device_id, bucket FROM rollup_pending) AS hours) AS "waitingHours",
       refreshed_at AS "refreshedAt", too_late::double precision AS "tooLate" FROM rollup_progress`,
  );
  return rows[0] && { timeZone, ...rows[0] };
}

const cronJobsSql = `SELECT job.jobname AS name, run.end_time AS "lastEndedAt",
    CASE WHEN run.status = 'failed' THEN run.return_message END AS "lastError"
  FROM cron.job AS job LEFT JOIN LATERAL (
    SELECT * FROM cron.job_run_details AS details
    WHERE details.jobid = job.jobid AND details.status IN ('succeeded', 'failed')
    ORDER BY details.runid DESC LIMIT 1
  ) AS run ON true
  WHERE job.active AND job.database = current_database() ORDER BY 1`;

const timescaleJobsSql = `SELECT jobs.proc_name || ' ' || coalesce(jobs.hypertable_name, '') AS name,
    nullif(stats.last_successful_finish, '-infinity') AS "lastEndedAt",
    CASE WHEN stats.last_run_status = 'Failed' THEN 'see timescaledb_information.job_errors' END AS "lastError"
  FROM timescaledb_information.jobs AS jobs
  LEFT JOIN timescaledb_information.job_stats AS stats USING (job_id)
  WHERE jobs.job_id >= 1000 AND jobs.scheduled ORDER BY 1`;

async function readJobs(
  database: MigrationDatabase,
  edition: Edition,
): Promise<JobsState> {
  if (edition === 'community') {
    const { rows } = await database.query<JobState>(timescaleJobsSql);
    return { scheduler: 'timescaledb', list: rows };
  }
  const { rows } = await database.query<{ there: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'cron' AND has_schema_privilege(oid, 'USAGE')) AS there`,
  );
  if (rows[0]?.there !== true) return { scheduler: 'none', list: [] };
  const jobs = await database.query<JobState>(cronJobsSql);
  return { scheduler: 'pg_cron', list: jobs.rows };
}

async function relationExists(
  database: MigrationDatabase,
  name: string,
): Promise<boolean> {
  const { rows } = await database.query<{ there: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS there',
    [name],
  );
  return rows[0]?.there === true;
}
