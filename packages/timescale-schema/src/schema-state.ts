import type { ClientBase } from 'pg';
import { migrationsFolder } from './migrate.ts';
import { readEdition } from './migration-database.ts';
import { readMigrations } from './read-migrations.ts';

/** Whether a database has every migration of this package. */
export type SchemaState = { ok: true } | { ok: false; detail: string };

/**
 * Checks whether a database has this package's schema, for a readiness check. Works for
 * every role that was granted `SELECT` on `schema_migrations`. A newer schema counts as ok,
 * because the changes of later migrations are unknown. Rejects when the database cannot be
 * queried.
 */
export async function readSchemaState(
  database: Pick<ClientBase, 'query'>,
): Promise<SchemaState> {
  const table = await database.query<{ readable: boolean | null }>(
    "SELECT has_table_privilege(to_regclass('schema_migrations'), 'SELECT') AS readable",
  );
  if (table.rows[0]?.readable !== true) {
    return { ok: false, detail: 'the schema is missing: run the migrations' };
  }
  const applied = await database.query<{ name: string }>(
    'SELECT name FROM schema_migrations',
  );
  const edition = await readEdition(database, applied.rows);
  const wanted = await readMigrations(migrationsFolder, edition);
  const names = new Set(applied.rows.map(row => row.name));
  const missing = wanted.filter(({ name }) => !names.has(name));
  if (missing.length === 0) return { ok: true };
  return {
    ok: false,
    detail: `the schema is too old, without ${missing.map(({ name }) => name).join(', ')}: run the migrations`,
  };
}
