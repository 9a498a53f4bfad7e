import { eventually, testServers } from '@homelab/test-kit';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../src/index.ts';

/** pg_cron lives in one database of a server. */
function connection() {
  const { host, port, passwords } = testServers().postgres;
  return {
    ...{ host, port, database: 'homelab', user: 'homelab_owner' },
    password: passwords.homelab_owner,
  };
}

test('pg_cron runs refresh and retention as the owner', async () => {
  await migrate({ connection: connection() });
  const owner = new Client(connection());
  await owner.connect();
  onTestFinished(() => owner.end());
  const jobs = 'SELECT jobname, schedule, username FROM cron.job ORDER BY 1';
  const username = 'homelab_owner';
  const planned = [
    { jobname: 'apply-retention', schedule: '17 * * * *', username },
    { jobname: 'refresh-rollups', schedule: '* * * * *', username },
  ];
  expect((await owner.query(jobs)).rows).toEqual(planned);
  const at = new Date(Date.now() - 3_600_000).toISOString();
  await owner.query(
    `INSERT INTO energy_readings (device_id, time, power_kw) VALUES ('cron', '${at}', 1);
     SELECT mark_rollups('energy', '-infinity', 'infinity')`,
  );
  // A minute would be long for a test.
  await owner.query(
    'SELECT cron.schedule(jobname, $1, command) FROM cron.job',
    ['1 second'],
  );
  await eventually(
    async () => {
      const runs = await owner.query(
        `SELECT DISTINCT command, status FROM cron.job_run_details
         WHERE status <> 'running' AND command LIKE 'CALL %' ORDER BY 1`,
      );
      expect(runs.rows).toEqual([
        { command: 'CALL public.apply_retention()', status: 'succeeded' },
        { command: 'CALL public.refresh_rollups()', status: 'succeeded' },
      ]);
      const stored = await owner.query('SELECT FROM energy_hourly_stored');
      expect(stored.rowCount).toBe(1);
    },
    { timeoutMs: 30_000 },
  );
  await migrate({ connection: connection() });
  expect((await owner.query(jobs)).rows).toEqual(planned);
});
