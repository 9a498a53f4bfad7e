import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apacheRollupsSql } from './sql-apache.ts';
import { communityRollupsSql } from './sql-community.ts';

/**
 * Writes the migration that brings the rollups to their definition, for each edition, as files
 * that do not exist yet: `node src/rollups/write-migrations.ts 0009-estimated`.
 */
async function main([name]: string[]): Promise<void> {
  const folder = join(import.meta.dirname, '../../migrations');
  const files = {
    [`${name}.apache.sql`]: apacheRollupsSql(),
    [`${name}.community.sql`]: communityRollupsSql(),
  };
  for (const [file, sql] of Object.entries(files))
    await writeFile(join(folder, file), sql, { flag: 'wx' });
}

void main(process.argv.slice(2));
