import type { DatabaseState } from '@homelab/timescale-schema';
import { expect, test } from 'vitest';
import { formatDatabaseState } from './db.ts';

const now = Date.parse('2026-11-01T12:00:00Z');
const rollups = {
  timeZone: 'Europe/Stockholm',
  waitingHours: 3,
  refreshedAt: new Date(now - 30_000),
  tooLate: 0,
};
const state: DatabaseState = {
  edition: 'apache',
  versions: { postgres: '17.5', timescaledb: '2.19.3' },
  migrations: { applied: ['0001-one'], pending: [] },
  tables: [
    {
      name: 'energy_readings',
      bytes: 1_048_576,
      rows: 1_000,
      oldest: new Date('2026-10-01T00:00:00Z'),
      newest: null,
    },
  ],
  rollups,
  jobs: { scheduler: 'pg_cron', list: [] },
};

test('a healthy database is told in sentences', () => {
  const text = formatDatabaseState(state, now);
  expect(text).toContain('All 1 migrations are applied.');
  expect(text).toMatch(/energy_readings +1\.0 MiB +1000 +2026-10-01 00:00Z +-/);
  expect(text).toContain('3 changed hours wait');
  expect(text).toContain('deleted after 90 days');
  expect(text).not.toMatch(/stopped|Nobody|failed/);
});

test('what needs a person is said with what to do', () => {
  const pending = { applied: [], pending: ['0002-two'] };
  expect(formatDatabaseState({ ...state, migrations: pending }, now)).toContain(
    'Pending: 0002-two. "./homelab db migrate"',
  );
  const none = { scheduler: 'none', list: [] } as const;
  expect(formatDatabaseState({ ...state, jobs: none }, now)).toContain(
    'Nobody refreshes',
  );
  expect(formatDatabaseState(state, now + 3_600_000)).toContain(
    'Refreshes have stopped',
  );
  const job = {
    name: 'refresh-rollups',
    lastEndedAt: new Date(now),
    lastError: 'disk full',
  };
  const jobs = { scheduler: 'pg_cron', list: [job] } as const;
  expect(formatDatabaseState({ ...state, jobs }, now)).toContain(
    'The job refresh-rollups failed at 2026-11-01 12:00Z: disk full',
  );
});
