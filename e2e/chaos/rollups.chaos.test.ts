import { createTestDatabase } from '@homelab/test-kit';
import type { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { killServer } from './support/servers.ts';

const days = 20;

test('PostgreSQL killed in the middle of a refresh leaves every rollup right', async () => {
  const database = await createTestDatabase({ onTestFinished });
  const owner = await database.connect('homelab_owner');
  await owner.query(
    `INSERT INTO energy_readings (device_id, time, power_kw)
     SELECT device, '2026-10-15Z'::timestamptz + step * INTERVAL '1 minute', step % 7
     FROM unnest(ARRAY['one', 'two']) AS device, generate_series(0, ${days * 1_440 - 1}) AS step;
     SELECT mark_rollups('energy', '-infinity', 'infinity')`,
  );
  const refreshing = owner.query('CALL refresh_rollups()').then(
    () => 'ended',
    () => 'killed',
  );
  const watcher = await database.connect('homelab_owner');
  await expect
    .poll(() => storedHours(watcher), { interval: 5, timeout: 30_000 })
    .toBeGreaterThan(0);
  const killed = await killServer('postgres');
  expect(await refreshing).toBe('killed');
  await killed.untilBack();

  const after = await database.connect('homelab_owner');
  // Batches are whole: some hours were stored, others were not.
  expect(await storedHours(after)).toBeGreaterThan(0);
  expect(await storedHours(after)).toBeLessThan(days * 24 * 2);
  await expectExact(after);
  await after.query('CALL refresh_rollups()');
  expect(await storedHours(after)).toBe(days * 24 * 2);
  await expectExact(after);
});

async function storedHours(client: Client): Promise<number> {
  const { rows } = await client.query<{ hours: number }>(
    'SELECT count(*)::int AS hours FROM energy_hourly_stored',
  );
  return rows[0]?.hours ?? 0;
}

/** Hours and days hold what a plain query makes of the readings. */
async function expectExact(client: Client): Promise<void> {
  for (const [view, unit] of [
    ['energy_hourly', 'hour'],
    ['energy_daily', 'day'],
  ] as const) {
    const fromView = await client.query(
      `SELECT device_id, bucket, readings, power_kw_sum AS sum FROM ${view} ORDER BY 1, 2`,
    );
    const fromReadings = await client.query(
      `SELECT device_id, date_trunc($1, time, 'UTC') AS bucket, count(*)::int AS readings, sum(power_kw) AS sum
       FROM energy_readings GROUP BY 1, 2 ORDER BY 1, 2`,
      [unit],
    );
    expect(fromView.rows).toEqual(fromReadings.rows);
  }
}
