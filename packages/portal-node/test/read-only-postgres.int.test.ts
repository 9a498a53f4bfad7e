import { testServers } from '@homelab/test-kit';
import { expect, it, onTestFinished } from 'vitest';
import { createReadOnlyPostgres } from '../src';

function open(statementTimeoutMs = 5_000) {
  const { host, port, passwords } = testServers().postgres;
  const log: string[] = [];
  const note = (message: string) => void log.push(message);
  const logger = { debug: note, info: note, warn: note, error: note };
  const postgres = createReadOnlyPostgres({
    connection: {
      host,
      port,
      database: 'postgres',
      user: 'postgres',
      password: passwords.postgres,
    },
    applicationName: 'read-only-test',
    maxConnections: 1,
    statementTimeoutMs,
    logger: { ...logger, child: () => logger } as never,
  });
  onTestFinished(() => postgres.stop());
  return postgres;
}

const one = { rows: [{ answer: 1 }] };

it('refuses to write, whatever the user may do', async () => {
  const postgres = open();
  await expect(
    postgres.read(client => client.query('create table never_made (id int)')),
  ).rejects.toThrow(/read-only transaction/);
  expect(
    await postgres.read(client => client.query('select 1 as answer')),
  ).toMatchObject(one);
});

it('ends a query that takes too long, and answers the next one', async () => {
  const postgres = open(200);
  await expect(
    postgres.read(client => client.query('select pg_sleep(30)')),
  ).rejects.toThrow(/statement timeout/);
  expect(
    await postgres.read(client => client.query('select 1 as answer')),
  ).toMatchObject(one);
});
