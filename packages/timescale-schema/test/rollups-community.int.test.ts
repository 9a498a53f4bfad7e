import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileScope } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { migrateDatabase } from '../src/migrate.ts';
import { openCommunityDatabase } from './community-database.ts';
import {
  expectRollups,
  readRows,
  rollupStreams,
  siteZone,
  writeRandomReadings,
  writeReadings,
} from './rollup-fixture.ts';
import type { RollupDatabase } from './rollup-fixture.ts';
import type { TestReading } from './rollup-reference.ts';

const dayMs = 86_400_000;
let database: RollupDatabase;
const stored = new Map<string, TestReading[]>();

beforeAll(async () => {
  database = await openCommunityDatabase(fileScope(afterAll));
  const { applied } = await migrateDatabase(database, {
    siteTimeZone: siteZone,
  });
  expect(applied).toContain('0010-estimated.community');
}, 120_000);

test('hours that begin at other minutes than those of UTC are refused', async () => {
  await expect(
    migrateDatabase(database, { siteTimeZone: 'Asia/Kolkata' }),
  ).rejects.toMatchObject({ code: 'time_zone_unusable' });
});

test.each(rollupStreams)(
  'continuous aggregates of %s have the rows that the Apache edition has, once refreshed',
  async stream => {
    // The same seed as there, held to the same reference.
    const readings = await writeRandomReadings(database, stream, 20260329);
    await database.refresh();
    await expectRollups(database, stream, readings);
    stored.set(stream, readings);
  },
);

test('another time zone makes the days anew', async () => {
  const siteTimeZone = 'America/New_York';
  await migrateDatabase(database, { siteTimeZone });
  await expectRollups(
    database,
    'temperature',
    stored.get('temperature') ?? [],
    siteTimeZone,
  );
});

test('retention drops readings, and the refresh that follows erases no rollup', async () => {
  const { rows: tables } = await database.query<{ name: string }>(
    `SELECT view_name AS name FROM timescaledb_information.continuous_aggregates ORDER BY 1`,
  );
  expect(tables).toHaveLength(6);
  const [old, recent] = [Date.now() - 100 * dayMs, Date.now() - 2 * dayMs];
  const write = (timeMs: number) =>
    writeReadings(database, 'energy', [
      { device_id: 'kept', timeMs, power_kw: 1 },
    ]);
  await write(old);
  await write(recent);
  await database.refresh();
  const before = await readKept();
  expect(before).toHaveLength(2);
  await runJobs('policy_retention');
  const raw = await database.query(
    `SELECT FROM energy_readings WHERE time < now() - INTERVAL '99 days' AND device_id = 'kept'`,
  );
  expect(raw.rows).toEqual([]);
  // A change in the window makes the refresh do something.
  await write(recent + 1);
  await runJobs('policy_refresh_continuous_aggregate');
  const after = await readKept();
  expect(after).toEqual([before[0], { ...before[1], ...after[1] }]);
  expect(after[1]?.readings).toBe(2);
});

test('old readings are stored by columns, and late ones still reach them', async () => {
  await runJobs('policy_compression');
  const { rows } = await database.query<{ columns: number }>(
    'SELECT count(*)::int AS columns FROM timescaledb_information.chunks WHERE is_compressed',
  );
  expect(rows[0]?.columns).toBeGreaterThan(0);
  const late = Date.now() - 20 * dayMs;
  const reading = { device_id: 'kept', timeMs: late, power_kw: 3 };
  await writeReadings(database, 'energy', [reading]);
  await writeReadings(database, 'energy', [{ ...reading, power_kw: 4 }]);
  await runJobs('policy_compression');
  await runJobs('policy_refresh_continuous_aggregate');
  const kept = await readKept();
  expect(kept.find(({ power_kw_sum: sum }) => sum === 4)?.readings).toBe(1);
});

test('a migration that was interrupted between its steps ends well when it runs again', async () => {
  const before = await readKept();
  const interrupted = '0010-estimated.community';
  await database.query(
    `DELETE FROM schema_migrations WHERE name >= '${interrupted}'`,
  );
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  // Those after it had not begun.
  await cp(join(import.meta.dirname, '../migrations'), folder, {
    recursive: true,
    filter: source =>
      !source.endsWith('.sql') || basename(source) <= `${interrupted}.sql`,
  });
  const { applied } = await migrateDatabase(database, { folder });
  expect(applied).toEqual([interrupted]);
  expect(await readKept()).toEqual(before);
});

async function readKept() {
  const rows = await readRows(database, 'energy_hourly');
  return rows.filter(({ device_id: device }) => device === 'kept');
}

async function runJobs(kind: string): Promise<void> {
  const { rows } = await database.query<{ job_id: number }>(
    'SELECT job_id FROM timescaledb_information.jobs WHERE proc_name = $1',
    [kind],
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { job_id: job } of rows)
    await database.query(`CALL run_job(${job})`);
}
