import { escapeLiteral } from 'pg';
import type { MigrationDatabase } from './migration-database.ts';
import type { Migration } from './read-migrations.ts';

/** Values for the names behind colons in migrations, as psql fills them in. */
export type MigrationVariables = Readonly<Record<string, string>>;

const stepsMark = '-- migrate: steps\n';
const stepMark = /^-- step: .*\n/m;

/**
 * Runs a migration and notes that it ran: in one transaction, or, where the file begins with
 * `-- migrate: steps`, step by step, since TimescaleDB takes some statements outside of
 * transactions only. A step may run again when a run was interrupted, so each bears that.
 */
export async function runMigration(
  database: MigrationDatabase,
  migration: Migration,
  variables: MigrationVariables,
): Promise<void> {
  if (migration.sql.startsWith(stepsMark)) {
    await runSteps(database, migration.sql, variables);
    await note(database, migration);
    return;
  }
  await inTransaction(database, async () => {
    await database.query(fillIn(migration.sql, variables));
    await note(database, migration);
  });
}

/** Runs SQL part by part, cut at lines that begin with `-- step:`, each in a transaction or none. */
export async function runSteps(
  database: MigrationDatabase,
  sql: string,
  variables: MigrationVariables,
): Promise<void> {
  for (const step of fillIn(sql, variables).split(stepMark))
    if (hasStatement(step)) await database.query(step);
}

/** Runs work in a transaction, which is rolled back when it fails. */
export async function inTransaction(
  database: MigrationDatabase,
  work: () => Promise<void>,
): Promise<void> {
  await database.query('BEGIN');
  try {
    await work();
    await database.query('COMMIT');
  } catch (error) {
    // Without a connection there is nothing to roll back.
    await database.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

async function note(
  database: MigrationDatabase,
  { name, checksum }: Migration,
): Promise<void> {
  await database.query(
    'INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)',
    [name, checksum],
  );
}

function fillIn(sql: string, variables: MigrationVariables): string {
  let filled = sql;
  for (const [name, value] of Object.entries(variables))
    filled = filled.replaceAll(`:'${name}'`, escapeLiteral(value));
  return filled;
}

function hasStatement(step: string): boolean {
  return step.split('\n').some(line => /^[^-\s]/.test(line));
}
