import type { Command } from 'commander';
import { lifetimes } from '@homelab/telemetry';
import {
  migrate,
  readDatabaseState,
  siteTimeZones,
} from '@homelab/timescale-schema';
import type { DatabaseState } from '@homelab/timescale-schema';
import { formatTable } from '../table.ts';
import { chooseDatabase, withDatabase } from './database-connection.ts';

/** Refreshes run each minute; one that is later than this has stopped. */
const lateMs = 5 * 60_000;

export function addDb(program: Command): void {
  const db = program.command('db').description('the tables: status, migrate');
  db.command('status')
    .description('versions, migrations, sizes, rollups and who keeps them')
    .option('--json', 'for programs')
    .action((options: { json?: boolean }) =>
      withDatabase(async database => {
        const state = await readDatabaseState(database);
        print(
          options.json
            ? JSON.stringify({ ...state, lifetimes }, null, 2)
            : formatDatabaseState(state, Date.now()),
        );
      }),
    );
  db.command('migrate')
    .description('bring the tables to the schema of this checkout')
    .action(() =>
      withDatabase(async () => {
        const { applied } = await migrate({
          connection: await chooseDatabase(),
          ...siteTimeZones(process.env),
          logger: { info: (_fields, message) => print(message) },
        });
        print(
          applied.length === 0
            ? 'Nothing to do: the tables are up to date.'
            : `Done: ${applied.length} migrations applied.`,
        );
      }),
    );
}

/** The state in sentences and one table. */
export function formatDatabaseState(
  state: DatabaseState,
  nowMs: number,
): string {
  const { versions, migrations, tables, edition } = state;
  return [
    `PostgreSQL ${versions.postgres} with TimescaleDB ${versions.timescaledb}; the schema is that of the ${edition === 'apache' ? 'Apache' : 'community'} edition.`,
    migrations.pending.length === 0
      ? `All ${migrations.applied.length} migrations are applied.`
      : `Pending: ${migrations.pending.join(', ')}. "./homelab db migrate" applies them.`,
    '',
    formatTable(
      ['TABLE', 'SIZE', 'ROWS (ABOUT)', 'OLDEST', 'NEWEST'],
      tables.map(table => [
        table.name,
        `${(table.bytes / 1024 ** 2).toFixed(1)} MiB`,
        table.rows === null ? '-' : String(table.rows),
        formatTime(table.oldest),
        formatTime(table.newest),
      ]),
    ),
    '',
    ...describeRollups(state, nowMs),
    `Readings are deleted after ${lifetimes.rawDays} days, rollups after ${lifetimes.rollupDays}.`,
  ].join('\n');
}

function describeRollups(
  { rollups, jobs }: DatabaseState,
  nowMs: number,
): string[] {
  if (rollups === undefined) return ['There are no rollups yet.'];
  const { timeZone, waitingHours, refreshedAt, tooLate } = rollups;
  const lines = [`Days are those of ${timeZone}.`];
  if (waitingHours !== null)
    lines.push(
      `${waitingHours} changed hours wait for the next refresh; ${refreshedAt === null ? 'there has been none yet' : `the last ran at ${formatTime(refreshedAt)}`}.`,
    );
  if (tooLate > 0)
    lines.push(`${tooLate} changes came too late to be aggregated.`);
  if (jobs.scheduler === 'none')
    lines.push(
      'Nobody refreshes rollups or deletes old readings here: install pg_cron and run "./homelab db migrate", or have something call refresh_rollups() each minute and apply_retention() each hour.',
    );
  else if (
    jobs.scheduler === 'pg_cron' &&
    nowMs - (refreshedAt?.getTime() ?? 0) > lateMs
  )
    lines.push(
      'Refreshes have stopped: see the errors below and the log of PostgreSQL.',
    );
  for (const { name, lastError, lastEndedAt } of jobs.list)
    if (lastError !== null)
      lines.push(
        `The job ${name.trim()} failed at ${formatTime(lastEndedAt)}: ${lastError}`,
      );
  return lines;
}

function formatTime(time: Date | null): string {
  return time === null
    ? '-'
    : `${time.toISOString().slice(0, 16).replace('T', ' ')}Z`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
