import { expect, test } from 'vitest';
import { postgresConfig } from './config.ts';

test('quotes what PostgreSQL would otherwise read as syntax', () => {
  const config = postgresConfig({
    port: 5433,
    configDir: "/it's/c",
    dataDir: '/d',
  });
  expect(config).toContain("hba_file = '/it''s/c/pg_hba.conf'\n");
  expect(config).toContain("listen_addresses = '127.0.0.1'\n");
  expect(config).toContain('port = 5433\n');
});
