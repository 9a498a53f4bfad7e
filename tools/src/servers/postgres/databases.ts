import pg from 'pg';
import { HomelabError } from '../../homelab-error.ts';
import type { PostgresRole } from './roles.ts';

/** Roles that log in, with what they may never exceed. */
const roles: Record<Exclude<PostgresRole, 'postgres'>, readonly string[]> = {
  homelab_owner: ["timezone = 'UTC'"],
  homelab_sink: ["timezone = 'UTC'", "lock_timeout = '10s'"],
  homelab_reader: [
    "timezone = 'UTC'",
    'default_transaction_read_only = on',
    "statement_timeout = '15s'",
    "idle_in_transaction_session_timeout = '30s'",
  ],
  homelab_api: [
    "timezone = 'UTC'",
    'default_transaction_read_only = on',
    "statement_timeout = '10s'",
    "idle_in_transaction_session_timeout = '30s'",
  ],
  backstage: [],
};

/** Roles that may do what another may, and something of their own besides. */
const memberships: Partial<Record<keyof typeof roles, keyof typeof roles>> = {
  homelab_api: 'homelab_reader',
};

const databases: readonly {
  name: string;
  owner: keyof typeof roles;
  users: readonly (keyof typeof roles)[];
  extensions: readonly string[];
}[] = [
  {
    name: 'homelab',
    owner: 'homelab_owner',
    users: ['homelab_sink', 'homelab_reader', 'homelab_api'],
    extensions: ['timescaledb'],
  },
  { name: 'backstage', owner: 'backstage', users: [], extensions: [] },
];

/**
 * Makes roles, databases and extensions, or brings those that exist to the same state. Rights on
 * tables are not given here: the migrations that make the tables do it.
 * @throws HomelabError when the server does not accept the superuser's password.
 */
export async function setUpDatabases(options: {
  port: number;
  passwords: Readonly<Record<PostgresRole, string>>;
}): Promise<void> {
  const { port, passwords } = options;
  const connection = { port, password: passwords.postgres };
  await withSuperuser({ ...connection, database: 'postgres' }, async client => {
    for (const role of Object.keys(roles) as (keyof typeof roles)[])
      await ensureRole(client, role, passwords[role]);
    for (const [role, group] of Object.entries(memberships))
      await client.query(`GRANT ${identifier(group)} TO ${identifier(role)}`);
    for (const { name, owner } of databases)
      await ensureDatabase(client, name, owner);
  });
  for (const { name, owner, users, extensions } of databases) {
    await withSuperuser({ ...connection, database: name }, async client => {
      await limitAccess(client, name, owner, users);
      for (const extension of extensions)
        await client.query(
          `CREATE EXTENSION IF NOT EXISTS ${identifier(extension)}`,
        );
    });
  }
}

async function withSuperuser(
  options: { port: number; password: string; database: string },
  action: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({
    ...options,
    host: '127.0.0.1',
    user: 'postgres',
    application_name: 'homelab-setup',
    // Statements with passwords must not reach the server's log.
    options:
      '-c log_min_error_statement=panic -c log_min_duration_statement=-1',
    connectionTimeoutMillis: 10_000,
  });
  try {
    await client.connect();
    await action(client);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '28P01')
      throw error;
    throw new HomelabError(
      'broken-state',
      `PostgreSQL on port ${options.port} was set up with other secrets than those of this checkout: restore the secrets, or run "./homelab reset", which deletes all stored data.`,
      { cause: error },
    );
  } finally {
    await client.end();
  }
}

async function ensureRole(
  client: pg.Client,
  role: keyof typeof roles,
  password: string,
): Promise<void> {
  const name = identifier(role);
  const { rowCount } = await client.query(
    'SELECT FROM pg_roles WHERE rolname = $1',
    [role],
  );
  if (rowCount === 0) await client.query(`CREATE ROLE ${name}`);
  await client.query(
    `ALTER ROLE ${name} WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
     PASSWORD ${pg.escapeLiteral(password)}`,
  );
  for (const setting of roles[role])
    await client.query(`ALTER ROLE ${name} SET ${setting}`);
}

async function ensureDatabase(
  client: pg.Client,
  database: string,
  owner: string,
): Promise<void> {
  const { rowCount } = await client.query(
    'SELECT FROM pg_database WHERE datname = $1',
    [database],
  );
  // A database cannot be created inside a transaction, so an interrupted run may stop right here.
  if (rowCount === 0)
    await client.query(
      `CREATE DATABASE ${identifier(database)} OWNER ${identifier(owner)}`,
    );
}

/** By default PostgreSQL lets every role connect to every database. */
async function limitAccess(
  client: pg.Client,
  database: string,
  owner: string,
  users: readonly string[],
): Promise<void> {
  const name = identifier(database);
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
  await client.query(`ALTER SCHEMA public OWNER TO ${identifier(owner)}`);
  for (const user of users) {
    await client.query(
      `GRANT CONNECT ON DATABASE ${name} TO ${identifier(user)}`,
    );
    await client.query(`GRANT USAGE ON SCHEMA public TO ${identifier(user)}`);
  }
}

function identifier(name: string): string {
  return pg.escapeIdentifier(name);
}
