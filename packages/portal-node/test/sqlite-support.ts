import { createRequire } from 'node:module';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import type { TestScope } from '@homelab/test-kit';
import knexFactory from 'knex';
import type { Knex } from 'knex';

/*
 * Backstage's default database in development is SQLite through better-sqlite3, which is built
 * on the machine. Node brings the same engine along: here it stands in for that driver, so that
 * knex speaks its dialect of SQLite.
 */
const BetterSqlite = createRequire(import.meta.url)(
  'knex/lib/dialects/better-sqlite3',
);

const uniqueViolation = 2067;
const primaryKeyViolation = 1555;

/** As better-sqlite3 names errors. */
function named<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    const { errcode } = error as { errcode?: number };
    if (errcode === uniqueViolation || errcode === primaryKeyViolation)
      Object.assign(error as Error, { code: 'SQLITE_CONSTRAINT_UNIQUE' });
    throw error;
  }
}

type Value = SQLInputValue | undefined;

function nulls(values: Value[]): SQLInputValue[] {
  return values.map(value => value ?? null);
}

/** The part of better-sqlite3 that knex uses. */
class Driver {
  private readonly database: DatabaseSync;

  constructor(filename: string) {
    this.database = new DatabaseSync(filename);
  }

  prepare(sql: string) {
    const statement = this.database.prepare(sql);
    return {
      reader: statement.columns().length > 0,
      all: (values: Value[]) => named(() => statement.all(...nulls(values))),
      run: (values: Value[]) => named(() => statement.run(...nulls(values))),
    };
  }

  close(): void {
    this.database.close();
  }
}

class NodeSqlite extends BetterSqlite {
  _driver() {
    return Driver;
  }
}

/** A database as a Backstage without PostgreSQL gives it; by default in memory. */
export function openSqlite(t: TestScope, filename = ':memory:'): Knex {
  const knex = knexFactory({
    client: NodeSqlite as never,
    connection: { filename },
    // As Backstage does.
    useNullAsDefault: true,
  });
  t.onTestFinished(() => knex.destroy());
  return knex;
}
