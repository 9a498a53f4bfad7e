import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { apacheRollupsSql } from './sql-apache.ts';
import { readingCommentsSql } from './sql-comments.ts';
import { communityRollupsSql } from './sql-community.ts';

/**
 * Writes the migrations that make comments and rollups from the registry, as two numbered files
 * that do not exist yet: `node src/rollups/write-migrations.ts 0007 0008`.
 */
async function main([comments, rollups]: string[]): Promise<void> {
  const folder = join(import.meta.dirname, '../../migrations');
  const files = {
    [`${comments}-comments.sql`]: `-- What each column holds, and its unit.\n${readingCommentsSql()}`,
    [`${rollups}-rollups.apache.sql`]: apacheRollupsSql(),
    [`${rollups}-rollups.community.sql`]: communityRollupsSql(),
  };
  for (const [file, sql] of Object.entries(files))
    await writeFile(join(folder, file), sql, { flag: 'wx' });
}

void main(process.argv.slice(2));
