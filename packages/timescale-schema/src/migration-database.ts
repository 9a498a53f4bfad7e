import type { Edition } from './read-migrations.ts';

/** What migrations need of a connection: `Client` of pg has it. */
export interface MigrationDatabase {
  /** Runs one statement with values, or several without. */
  query<R extends object = Record<string, unknown>>(
    text: string,
    values?: unknown[],
  ): Promise<{ rows: R[]; rowCount: number | null }>;
}

/**
 * The edition of a schema: the one that its migrations were written for, or, before there is
 * one of those, the edition that the server is.
 */
export async function readEdition(
  database: MigrationDatabase,
  applied: readonly { readonly name: string }[],
): Promise<Edition> {
  for (const { name } of applied) {
    if (name.endsWith('.apache')) return 'apache';
    if (name.endsWith('.community')) return 'community';
  }
  const { rows } = await database.query<{ license: string | null }>(
    "SELECT current_setting('timescaledb.license', true) AS license",
  );
  return rows[0]?.license === 'timescale' ? 'community' : 'apache';
}
