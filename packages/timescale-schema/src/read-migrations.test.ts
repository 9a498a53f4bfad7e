import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { pendingMigrations, readMigrations } from './read-migrations.ts';
import type { Migration } from './read-migrations.ts';

async function createFolder(files: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const file of files) await writeFile(join(folder, file), `-- ${file}\n`);
  return folder;
}

const migration = (name: string, checksum = `sum of ${name}`): Migration => ({
  name,
  checksum,
  sql: '',
});
const first = migration('0001-first');
const second = migration('0002-second');

test('migrations are read in the order of their numbers, with a checksum each', async () => {
  const folder = await createFolder(['0002-grants.sql', '0001-tables.sql']);
  const migrations = await readMigrations(folder, 'apache');
  expect(migrations.map(({ name }) => name)).toEqual([
    '0001-tables',
    '0002-grants',
  ]);
  expect(migrations[0]?.sql).toBe('-- 0001-tables.sql\n');
  expect(new Set(migrations.map(({ checksum }) => checksum)).size).toBe(2);
});

test.each([
  ['a number twice', ['0001-one.sql', '0001-two.sql'], '0001-two.sql'],
  ['a gap', ['0001-one.sql', '0003-three.sql'], '0003-three.sql'],
  ['a name of another shape', ['0001-one.sql', 'notes.txt'], 'notes.txt'],
])('%s is refused and named', async (_case, files, culprit) => {
  const folder = await createFolder(files);
  await expect(readMigrations(folder, 'apache')).rejects.toMatchObject({
    code: 'files_unusable',
    message: expect.stringContaining(`"${culprit}"`),
  });
});

test('each edition has its own file under a number that both share', async () => {
  const folder = await createFolder([
    '0001-tables.sql',
    '0002-rollups.apache.sql',
    '0002-rollups.community.sql',
    '0003-more.sql',
  ]);
  for (const edition of ['apache', 'community'] as const) {
    const migrations = await readMigrations(folder, edition);
    expect(migrations.map(({ name }) => name)).toEqual([
      '0001-tables',
      `0002-rollups.${edition}`,
      '0003-more',
    ]);
  }
});

test('a number that lacks the file of an edition is refused', async () => {
  const folder = await createFolder(['0001-one.community.sql', '0002-two.sql']);
  await expect(readMigrations(folder, 'apache')).rejects.toMatchObject({
    code: 'files_unusable',
    message: expect.stringContaining('"0002-two.sql"'),
  });
});

test('an empty folder is refused', async () => {
  const folder = await createFolder([]);
  await expect(readMigrations(folder, 'apache')).rejects.toMatchObject({
    code: 'files_unusable',
  });
});

test('only migrations that the database does not have are pending', () => {
  expect(pendingMigrations([first, second], [])).toEqual([first, second]);
  expect(pendingMigrations([first, second], [first])).toEqual([second]);
  expect(pendingMigrations([first, second], [first, second])).toEqual([]);
});

test.each([
  ['a changed file', [first], [migration(first.name, 'other')], 'was changed'],
  ['a database that is ahead', [first], [first, second], 'update the checkout'],
  [
    'another file under the number',
    [first],
    [migration('0001-other')],
    'next free number',
  ],
])('%s is refused', (_case, files, applied, sentence) => {
  expect(() => pendingMigrations(files, applied)).toThrow(sentence);
});
