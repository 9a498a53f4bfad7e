import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTestDatabase } from '@homelab/test-kit';
import type { TestDatabase } from '@homelab/test-kit';
import { migrate, readSchemaState } from '../src/index.ts';
import { expect, onTestFinished, test } from 'vitest';

const ownFolder = join(import.meta.dirname, '../migrations');
const ownNames = [
  '0001-hypertables',
  '0002-grants',
  '0003-sink-staging',
  '0004-device-id',
  '0005-merge',
  '0006-api-tokens',
  '0007-comments',
  '0008-rollups.apache',
  '0009-heat-pump-settings',
  '0010-estimated.apache',
  '0011-live-tickets',
];
const sinceDeviceId = ownNames.slice(3);
/** The number of a migration to come. */
const next = String(ownNames.length + 1).padStart(4, '0');

const createEmpty = () =>
  createTestDatabase({ onTestFinished }, { migrated: false });

async function copyMigrations(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(ownFolder, folder, { recursive: true });
  return folder;
}

const run = (database: TestDatabase, folder?: string) =>
  migrate({ connection: database.connection('homelab_owner'), folder });

test('a second run changes nothing', async () => {
  const database = await createEmpty();
  expect(await run(database)).toEqual({ applied: ownNames, alreadyThere: [] });
  expect(await run(database)).toEqual({ applied: [], alreadyThere: ownNames });
});

test('two concurrent runs apply each migration once', async () => {
  const database = await createEmpty();
  const outcomes = await Promise.all([run(database), run(database)]);
  expect(outcomes.flatMap(({ applied }) => applied).sort()).toEqual(ownNames);
});

/** Rows of the days before `device_id` had its name, 120 chunks of them. */
async function createFilledBeforeDeviceId() {
  const database = await createEmpty();
  const folder = await copyMigrations();
  for (const name of sinceDeviceId) await rm(join(folder, `${name}.sql`));
  await run(database, folder);
  const owner = await database.connect('homelab_owner');
  await owner.query(
    `INSERT INTO temperature_readings (sensor_id, time, temperature)
     SELECT sensor, '2026-01-01T12:00Z'::timestamptz + n * interval '1 day', n
     FROM generate_series(0, 119) n, unnest(array['hall', 'attic']) sensor`,
  );
  return { database, owner };
}

test('device_id replaces sensor_id in filled chunks without rewriting them', async () => {
  const { database, owner } = await createFilledBeforeDeviceId();
  const files = async () =>
    (
      await owner.query(
        `SELECT c.oid::regclass::text AS relation, c.relfilenode FROM pg_class c
         WHERE c.relnamespace IN ('public'::regnamespace, '_timescaledb_internal'::regnamespace)
           AND c.relkind IN ('r', 'i') ORDER BY 1`,
      )
    ).rows;
  const rows = async (device: string) =>
    (
      await owner.query(
        `SELECT ${device} AS device, time, temperature, stored_at
         FROM temperature_readings ORDER BY 1, 2`,
      )
    ).rows;
  const [filesBefore, rowsBefore] = [await files(), await rows('sensor_id')];
  expect(rowsBefore).toHaveLength(240);
  expect(await run(database)).toMatchObject({
    applied: sinceDeviceId,
  });
  expect(await rows('device_id')).toEqual(rowsBefore);
  const relations = new Set(filesBefore.map(row => row.relation));
  expect((await files()).filter(row => relations.has(row.relation))).toEqual(
    filesBefore,
  );
});

test('after the rename, key, grants and new chunks are as before', async () => {
  const { database } = await createFilledBeforeDeviceId();
  await run(database);
  const sink = await database.connect('homelab_sink');
  const reader = await database.connect('homelab_reader');
  const insert = (time: string) =>
    sink.query(
      "INSERT INTO temperature_readings (device_id, time) VALUES ('hall', $1)",
      [time],
    );
  for (const time of ['2026-01-05T12:00Z', '2026-05-01T00:00Z']) {
    if (time.startsWith('2026-05')) await insert(time);
    await expect(insert(time)).rejects.toMatchObject({ code: '23505' });
  }
  await reader.query('SET enable_seqscan = off');
  const plan = await reader.query(
    `EXPLAIN SELECT * FROM temperature_readings
     WHERE device_id = 'hall' AND time = '2026-01-05T12:00Z'`,
  );
  expect(JSON.stringify(plan.rows)).toMatch(/Index Cond.*device_id = 'hall'/);
});

test('a migration that does not get its lock changes nothing and says what to do', async () => {
  const { database } = await createFilledBeforeDeviceId();
  const reader = await database.connect('homelab_reader');
  await reader.query('BEGIN');
  await reader.query('SELECT FROM temperature_readings LIMIT 1');
  await expect(run(database)).rejects.toMatchObject({
    code: 'sql_failed',
    retryable: true,
    message: expect.stringContaining('run this again'),
  });
  await reader.query('COMMIT');
  expect(await run(database)).toMatchObject({
    applied: sinceDeviceId,
  });
});

test.each([
  ['a failing statement', 'SELECT no_such_function();'],
  // The note that the migration ran belongs to the same transaction.
  [
    'a failing note',
    `ALTER TABLE schema_migrations ADD CHECK (name <> '${next}-broken');`,
  ],
])('a migration with %s leaves nothing behind', async (_case, statement) => {
  const database = await createEmpty();
  const folder = await copyMigrations();
  await writeFile(
    join(folder, `${next}-broken.sql`),
    `CREATE TABLE half_made (one text); ${statement}`,
  );
  await expect(run(database, folder)).rejects.toMatchObject({
    code: 'sql_failed',
    message: expect.stringContaining(`${next}-broken`),
  });
  const owner = await database.connect('homelab_owner');
  const left = await owner.query("SELECT to_regclass('half_made') AS half");
  expect(left.rows).toEqual([{ half: null }]);
  expect(await run(database)).toEqual({ applied: [], alreadyThere: ownNames });
});

test('a file changed after it was applied is refused', async () => {
  const database = await createEmpty();
  await run(database);
  const folder = await copyMigrations();
  await writeFile(join(folder, '0002-grants.sql'), 'SELECT 1;');
  await expect(run(database, folder)).rejects.toMatchObject({
    code: 'history_differs',
  });
});

test('a run that holds the lock is reported after the wait', async () => {
  const database = await createEmpty();
  const folder = await copyMigrations();
  await writeFile(join(folder, `${next}-slow.sql`), 'SELECT pg_sleep(20);');
  const slow = run(database, folder).catch(() => {});
  const superuser = await database.connect('postgres');
  const sleeping = `SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()`;
  await expect
    .poll(async () => (await superuser.query(sleeping)).rowCount, {
      // The migrations before it take their time on a busy machine.
      timeout: 15_000,
    })
    .toBe(1);
  await expect(
    migrate({
      connection: database.connection('homelab_owner'),
      lockTimeoutMs: 100,
    }),
  ).rejects.toMatchObject({ code: 'locked', retryable: true });
  await superuser.query(
    `SELECT pg_terminate_backend(pid) FROM (${sleeping}) AS one`,
  );
  await slow;
});

test('a table created by something else is left alone', async () => {
  const database = await createEmpty();
  const owner = await database.connect('homelab_owner');
  await owner.query('CREATE TABLE heatpump_status (one text)');
  await expect(run(database)).rejects.toMatchObject({
    code: 'sql_failed',
    message: expect.stringContaining('rename it'),
  });
});

test('the schema state names what is missing, for every role', async () => {
  const database = await createEmpty();
  const sink = await database.connect('homelab_sink');
  expect(await readSchemaState(sink)).toEqual({
    ok: false,
    detail: 'the schema is missing: run the migrations',
  });
  await run(database);
  expect(await readSchemaState(sink)).toEqual({ ok: true });
  expect(
    await readSchemaState(await database.connect('homelab_reader')),
  ).toEqual({ ok: true });
  const owner = await database.connect('homelab_owner');
  await owner.query("DELETE FROM schema_migrations WHERE name = '0002-grants'");
  expect(await readSchemaState(sink)).toMatchObject({
    ok: false,
    detail: expect.stringContaining('0002-grants'),
  });
});

async function runMain(
  database: TestDatabase,
  changes: Record<string, string> = {},
) {
  const {
    host,
    port,
    user,
    password,
    database: name,
  } = database.connection('homelab_owner');
  const main = join(import.meta.dirname, '../src/migrate-main.ts');
  const env = {
    ...process.env,
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: name,
    ...changes,
  };
  return promisify(execFile)(process.execPath, [main], { env });
}

test('the process names each migration and ends with 0', async () => {
  const database = await createEmpty();
  const { stdout } = await runMain(database);
  for (const name of ownNames)
    expect(stdout).toContain(`migration ${name} applied`);
  expect((await runMain(database)).stdout).toContain(
    `0 migrations applied, ${ownNames.length} were applied before`,
  );
});

test.each([
  [
    'without the extension',
    { PGDATABASE: 'postgres' },
    'CREATE EXTENSION timescaledb',
  ],
  ['without a server', { PGPORT: '1' }, 'start PostgreSQL'],
])(
  'the process %s ends with 1 and one sentence',
  async (_case, changes, sentence) => {
    const database = await createEmpty();
    const failure = await runMain(database, changes).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(sentence),
    });
    expect(failure).toMatchObject({
      stderr: expect.stringMatching(/^[^\n]+\n$/),
    });
  },
);
