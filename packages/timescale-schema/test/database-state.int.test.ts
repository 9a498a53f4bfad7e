import { createTestDatabase } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import { migrate, readDatabaseState } from '../src/index.ts';

test('the state of a database says what is in it, before and after the migrations', async () => {
  const database = await createTestDatabase(
    { onTestFinished },
    { migrated: false },
  );
  const owner = await database.connect('homelab_owner');
  const empty = await readDatabaseState(owner);
  expect(empty).toMatchObject({ edition: 'apache', tables: [] });
  expect(empty.migrations.applied).toEqual([]);
  expect(empty.rollups).toBeUndefined();
  await migrate({ connection: database.connection('homelab_owner') });
  await owner.query(
    `INSERT INTO energy_readings (device_id, time, power_kw)
     SELECT 'one', '2026-01-01T00:30Z'::timestamptz + n * INTERVAL '1 hour', 1 FROM generate_series(0, 47) n;
     SELECT mark_rollups('energy', '-infinity', 'infinity');
     ANALYZE energy_readings`,
  );
  const filled = await readDatabaseState(owner);
  expect(filled.migrations.pending).toEqual([]);
  expect(filled.rollups).toMatchObject({ timeZone: 'UTC', waitingHours: 48 });
  // pg_cron lives in another database of the test server.
  expect(filled.jobs).toEqual({ scheduler: 'none', list: [] });
  await owner.query('CALL refresh_rollups()');
  const refreshed = await readDatabaseState(owner);
  expect(refreshed.rollups).toMatchObject({
    waitingHours: 0,
    refreshedAt: expect.any(Date),
  });
  expect(
    refreshed.tables.find(({ name }) => name === 'energy_readings'),
  ).toEqual({
    name: 'energy_readings',
    bytes: expect.any(Number),
    rows: 48,
    oldest: new Date('2026-01-01T00:30Z'),
    newest: new Date('2026-01-02T23:30Z'),
  });
  expect(
    refreshed.tables.find(({ name }) => name === 'energy_daily'),
  ).toMatchObject({
    oldest: new Date('2026-01-01T00:00Z'),
    newest: new Date('2026-01-02T00:00Z'),
  });
});
