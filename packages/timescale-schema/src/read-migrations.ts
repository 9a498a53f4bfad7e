import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Which TimescaleDB a schema is made for: the Apache edition has neither continuous aggregates
 * nor policies. What the schema began with stays, whatever the server is later.
 */
export type Edition = 'apache' | 'community';

/** One step of the schema: a file of plain SQL. */
export interface Migration {
  /** The file name without `.sql`, such as `0001-hypertables` or `0007-rollups.apache`. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the SQL, in hex. */
  readonly checksum: string;
}

/** A migration recorded in the database. */
export interface AppliedMigration {
  readonly name: string;
  readonly checksum: string;
}

/** A migration cannot run; the message says which and how to fix it. */
export class MigrationError extends Error {
  readonly code: MigrationErrorCode;
  readonly retryable: boolean;

  constructor(
    code: MigrationErrorCode,
    message: string,
    options: { cause?: unknown; retryable?: boolean } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'MigrationError';
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** Why migrations stopped: a closed set. */
export type MigrationErrorCode =
  | 'files_unusable'
  | 'history_differs'
  | 'database_unreachable'
  | 'extension_missing'
  | 'time_zone_unusable'
  | 'locked'
  | 'sql_failed';

const fileName =
  /^(\d{4})-[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(apache|community))?\.sql$/;

/**
 * Reads every migration of a folder for one edition, in order: files that name no edition, and
 * those that name this one.
 * Throws {@link MigrationError} when a name does not match `0001-words.sql` or
 * `0001-words.apache.sql`, or the numbers are not consecutive, for example when two people chose
 * the same number or an edition lacks its file.
 */
export async function readMigrations(
  folder: string,
  edition: Edition,
): Promise<Migration[]> {
  const files = (await readdir(folder)).sort();
  const migrations: Migration[] = [];
  for (const file of files) {
    const [, number, itsEdition] = fileName.exec(file) ?? [];
    if (itsEdition !== undefined && itsEdition !== edition) continue;
    if (Number(number) !== migrations.length + 1) {
      throw new MigrationError(
        'files_unusable',
        `The migration file "${file}" is out of place; name it ${String(migrations.length + 1).padStart(4, '0')}-words.sql, with one file for each edition if it names one.`,
      );
    }
    const sql = await readFile(join(folder, file), 'utf8');
    migrations.push({
      name: file.slice(0, -'.sql'.length),
      sql,
      checksum: createHash('sha256').update(sql).digest('hex'),
    });
  }
  if (migrations.length === 0) {
    throw new MigrationError(
      'files_unusable',
      `There are no migrations in ${folder}.`,
    );
  }
  return migrations;
}

/**
 * Returns the pending migrations, in order. `applied` holds those recorded in the
 * database, sorted by name. Throws {@link MigrationError} when the database disagrees with the
 * files: another name, another content, or more migrations than there are files.
 */
export function pendingMigrations(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
): Migration[] {
  for (const [index, { name, checksum }] of applied.entries()) {
    const migration = migrations[index];
    if (migration === undefined) {
      throw new MigrationError(
        'history_differs',
        `The database already has migration ${name}, which is newer than this checkout; update the checkout.`,
      );
    }
    if (migration.name !== name) {
      throw new MigrationError(
        'history_differs',
        `The database has migration ${name} where this checkout has ${migration.name}; give the new file the next free number.`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new MigrationError(
        'history_differs',
        `The file of migration ${name} was changed after it was applied; restore it and put the change into a new file.`,
      );
    }
  }
  return migrations.slice(applied.length);
}
