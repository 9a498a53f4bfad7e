import { expect, test } from 'vitest';
import { migrationsFolder } from '../migrate.ts';
import { readMigrations } from '../read-migrations.ts';
import { definitionLine } from './sql-settings.ts';

test.each(['apache', 'community'] as const)(
  'the newest rollup migration of the %s edition makes what the registry says',
  async edition => {
    const migrations = await readMigrations(migrationsFolder, edition);
    const lines = migrations.flatMap(({ sql }) =>
      sql.split('\n').filter(line => line.startsWith('-- rollup definition')),
    );
    expect(
      lines.at(-1),
      'The measurements or lifetimes changed since the newest migration of the rollups: write a new migration that changes columns, views and functions, with this line in it, and leave the old files as they are.',
    ).toBe(definitionLine());
  },
);
