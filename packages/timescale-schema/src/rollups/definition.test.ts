import { createHash } from 'node:crypto';
import { lifetimes } from '@homelab/telemetry';
import { expect, test } from 'vitest';
import { allRollups } from './rollups.ts';

/** What the migrations make of the rollups, apart from comments: changed with a new migration only. */
const migrated = 'cd4dbfa1a00fc183';

test('the rollups are what the migrations have made', () => {
  const definition = allRollups.map(({ columns, ...rollup }) => ({
    ...rollup,
    columns: columns.map(({ comment: _, ...column }) => column),
  }));
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([definition, lifetimes]))
    .digest('hex')
    .slice(0, 16);
  expect(
    fingerprint,
    'The measurements or lifetimes are not those of the newest migration any more: have src/rollups/write-migrations.ts write the next one, leave the old files as they are, and put the new fingerprint here.',
  ).toBe(migrated);
});
