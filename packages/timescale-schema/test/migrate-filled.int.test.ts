import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stream } from '@homelab/telemetry';
import { createTestDatabase, seededRandom } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import { migrate, readingTables, rollups } from '../src/index.ts';
import { migrationsFolder } from '../src/migrate.ts';
import type { MigrationDatabase } from '../src/migration-database.ts';
import { readMigrations } from '../src/read-migrations.ts';
import { randomReadings } from './rollup-data.ts';
import {
  autumn,
  expectRollups,
  readRows,
  rollupStreams,
  siteZone,
  spring,
} from './rollup-fixture.ts';
import { hourOf } from './rollup-reference.ts';
import type { TestReading } from './rollup-reference.ts';

const dayMs = 86_400_000;
const names = (await readMigrations(migrationsFolder, 'apache')).map(
  ({ name }) => name,
);
const numberOf = (name: string) => Number(name.slice(0, 4));

test.each(names.slice(0, -1))(
  'a database of version %s keeps its readings and gets their rollups',
  async version => {
    const { owner, move } = await createAt(version);
    const all = new Map<Stream, TestReading[]>();
    for (const stream of rollupStreams)
      all.set(stream, await fill(owner, version, stream));
    expect((await move()).applied).toEqual(
      names.filter(name => numberOf(name) > numberOf(version)),
    );
    for (const stream of rollupStreams)
      await expectRollups(owner, stream, all.get(stream) ?? []);
    await owner.query('CALL refresh_rollups()');
    expect((await owner.query('SELECT FROM rollup_changes')).rowCount).toBe(0);
    for (const stream of rollupStreams)
      await expectRollups(owner, stream, all.get(stream) ?? []);
  },
);

test('hours whose readings are gone keep their numbers; how many were estimated is not known', async () => {
  const version = '0008-rollups.apache';
  const { owner, move } = await createAt(version);
  await fill(owner, version, 'energy');
  const { hourly } = rollups.energy;
  const before = await readRows(owner, hourly);
  await owner.query('CALL apply_retention($1)', [new Date(autumn)]);
  await move();
  await owner.query('CALL refresh_rollups()');
  expect(await readRows(owner, hourly)).toEqual(
    before.map(row => ({ ...row, estimated_n: null })),
  );
  const progress = await owner.query('SELECT too_late FROM rollup_progress');
  expect(progress.rows).toEqual([{ too_late: '0' }]);
});

/** A database with the migrations up to one. */
async function createAt(version: string) {
  const database = await createTestDatabase(
    { onTestFinished },
    { migrated: false },
  );
  const folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(migrationsFolder, folder, { recursive: true });
  for (const file of await readdir(folder))
    if (numberOf(file) > numberOf(version)) await rm(join(folder, file));
  const options = {
    connection: database.connection('homelab_owner'),
    siteTimeZone: siteZone,
  };
  await migrate({ ...options, folder });
  return {
    owner: await database.connect('homelab_owner'),
    move: () => migrate(options),
  };
}

/** Two days of readings, aggregated where that version does so. */
async function fill(
  owner: MigrationDatabase,
  version: string,
  stream: Stream,
): Promise<TestReading[]> {
  const { name, measurementColumns } = readingTables[stream];
  const readings = [
    ...randomReadings(seededRandom(numberOf(version)).next, {
      ...{ stream, device: 'one' },
      ...{ fromMs: spring, untilMs: spring + 2 * dayMs },
    }),
  ];
  const device =
    numberOf(version) < 4 && stream === 'temperature'
      ? 'sensor_id'
      : 'device_id';
  const columns = [device, 'time', ...measurementColumns.map(c => c.name)];
  await owner.query(
    `INSERT INTO ${name} (${columns.join(', ')})
     SELECT ${columns.join(', ')} FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)`,
    [
      JSON.stringify(
        readings.map(({ device_id: id, timeMs, ...values }) => ({
          ...{ [device]: id, time: new Date(timeMs).toISOString() },
          ...values,
        })),
      ),
    ],
  );
  if (numberOf(version) >= 8) {
    const from = new Date(hourOf(spring));
    await owner.query("SELECT mark_rollups($1, $2, 'infinity')", [
      stream,
      from,
    ]);
    await owner.query('CALL refresh_rollups()');
  }
  return readings;
}
