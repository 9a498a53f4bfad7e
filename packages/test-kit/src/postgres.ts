import { migrate } from '@homelab/timescale-schema';
import { Client, escapeIdentifier } from 'pg';
import type { ClientConfig } from 'pg';
import type { TestScope } from './test-scope.ts';
import { testServers } from './test-servers.ts';
import type { PostgresRole } from './test-servers.ts';
import { uniqueName } from './unique-name.ts';

/** A database of one test with the tables of the product. */
export interface TestDatabase {
  readonly name: string;
  /** The connection of this role, for `new Client(…)` or `new Pool(…)` of pg. */
  connection(role: PostgresRole): Required<
    Pick<ClientConfig, 'host' | 'port' | 'user' | 'database'>
  > & {
    readonly password: string;
  };
  /** A connected client of this role, closed when the test ends. */
  connect(role: PostgresRole): Promise<Client>;
}

/**
 * Creates a database with the timescaledb extension, owned by `homelab_owner`, migrated
 * unless `migrated` is false, and drops it when the test ends.
 */
export async function createTestDatabase(
  t: TestScope,
  options: { migrated?: boolean } = {},
): Promise<TestDatabase> {
  const { migrated = true } = options;
  const name = uniqueName('homelab-test');
  await asSuperuser('postgres', client =>
    client.query(
      `CREATE DATABASE ${escapeIdentifier(name)} OWNER homelab_owner`,
    ),
  );
  t.onTestFinished(async () => {
    await asSuperuser('postgres', client =>
      client.query(`DROP DATABASE ${escapeIdentifier(name)} WITH (FORCE)`),
    );
  });
  await asSuperuser(name, client =>
    client.query('CREATE EXTENSION IF NOT EXISTS timescaledb'),
  );
  if (migrated)
    await migrate({ connection: connectionTo(name, 'homelab_owner') });
  return {
    name,
    connection: role => connectionTo(name, role),
    async connect(role) {
      const client = new Client(connectionTo(name, role));
      // The database may be dropped, and with it this connection, before the client ends.
      client.on('error', () => {});
      t.onTestFinished(() => client.end());
      await client.connect();
      return client;
    },
  };
}

function connectionTo(database: string, role: PostgresRole) {
  const { host, port, passwords } = testServers().postgres;
  return { host, port, user: role, password: passwords[role], database };
}

async function asSuperuser(
  database: string,
  work: (client: Client) => Promise<unknown>,
): Promise<void> {
  const client = new Client(connectionTo(database, 'postgres'));
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
