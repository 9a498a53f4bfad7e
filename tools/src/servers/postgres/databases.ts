import pg from 'pg';
import { HomelabError } from '../../homelab-error.ts';
import { homelabDatabase } from './roles.ts';
import type { PostgresRole } from './roles.ts';

type OwnRole = Exclude<PostgresRole, 'postgres'>;

interface Role {
  /** What its sessions begin with. */
  readonly settings: readonly string[];
  /** Roles whose rights it has. */
  readonly memberOf?: readonly string[];
  /** The most sessions at once. */
  readonly connections?: number;
}

const utc = "timezone = 'UTC'";
const readOnly = 'default_transaction_read_only = on';

/** A role that reads what homelab_reader may, and no query of which lasts longer. */
function readerRole(statementTimeout: string, more: Partial<Role> = {}): Role {
  return {
    ...more,
    settings: [
      utc,
      readOnly,
      `statement_timeout = '${statementTimeout}'`,
      "idle_in_transaction_session_timeout = '30s'",
      ...(more.settings ?? []),
    ],
  };
}

/** Roles that log in, with what they may never exceed. */
const roles: Record<OwnRole, Role> = {
  homelab_owner: { settings: [utc] },
  homelab_sink: { settings: [utc, "lock_timeout = '10s'"] },
  homelab_control: {
    settings: [
      utc,
      "statement_timeout = '10s'",
      "lock_timeout = '5s'",
      "idle_in_transaction_session_timeout = '30s'",
    ],
    connections: 10,
  },
  homelab_reader: readerRole('15s'),
  homelab_api: readerRole('10s', {
    memberOf: ['homelab_reader'],
    connections: 20,
  }),
  homelab_live: {
    settings: [
      utc,
      "statement_timeout = '10s'",
      "lock_timeout = '5s'",
      "idle_in_transaction_session_timeout = '30s'",
    ],
    memberOf: ['homelab_reader'],
    connections: 10,
  },
  homelab_explorer: readerRole('10s', {
    // Statistics say how large tables are and which jobs run.
    memberOf: ['homelab_reader', 'pg_read_all_stats'],
    connections: 5,
    settings: ["temp_file_limit = '256MB'", "work_mem = '16MB'"],
  }),
  homelab_grafana: readerRole('15s', {
    memberOf: ['homelab_reader'],
    connections: 10,
  }),
  homelab_backup: {
    settings: [utc, readOnly],
    memberOf: ['pg_read_all_data'],
    connections: 3,
  },
  backstage: { settings: [] },
};

const databases: readonly {
  name: string;
  owner: OwnRole;
  users: readonly OwnRole[];
  extensions: readonly string[];
}[] = [
  {
    name: homelabDatabase,
    owner: 'homelab_owner',
    users: [
      'homelab_sink',
      'homelab_control',
      'homelab_reader',
      'homelab_api',
      'homelab_live',
      'homelab_explorer',
      'homelab_grafana',
      'homelab_backup',
    ],
    extensions: ['timescaledb', 'pg_cron'],
  },
  {
    name: 'backstage',
    owner: 'backstage',
    users: ['homelab_backup'],
    extensions: [],
  },
];

/**
 * Creates roles, databases and extensions, or brings existing ones to the same state. Privileges on
 * tables are granted by the migrations that create the tables.
 * @throws HomelabError when the server does not accept the superuser's password.
 */
export async function setUpDatabases(options: {
  port: number;
  passwords: Readonly<Record<PostgresRole, string>>;
}): Promise<void> {
  const { port, passwords } = options;
  const connection = { port, password: passwords.postgres };
  await withSuperuser({ ...connection, database: 'postgres' }, async client => {
    for (const role of Object.keys(roles) as OwnRole[])
      await ensureRole(client, role, passwords[role]);
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
      if (extensions.includes('pg_cron')) await shareCron(client, owner);
    });
  }
}

/** The owner schedules jobs; the explorer sees the jobs of all, which pg_cron shows to nobody else. */
async function shareCron(client: pg.Client, owner: string): Promise<void> {
  const explorer = 'homelab_explorer';
  await client.query(
    `GRANT USAGE ON SCHEMA cron TO ${identifier(owner)}, ${explorer}`,
  );
  for (const table of ['cron.job', 'cron.job_run_details'])
    await client.query(
      `GRANT SELECT ON ${table} TO ${explorer};
       DROP POLICY IF EXISTS ${explorer} ON ${table};
       CREATE POLICY ${explorer} ON ${table} FOR SELECT TO ${explorer} USING (true)`,
    );
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
  role: OwnRole,
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
  const { settings, memberOf = [], connections = -1 } = roles[role];
  await client.query(`ALTER ROLE ${name} CONNECTION LIMIT ${connections}`);
  for (const setting of settings)
    await client.query(`ALTER ROLE ${name} SET ${setting}`);
  for (const group of memberOf)
    await client.query(`GRANT ${identifier(group)} TO ${name}`);
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
  await client.query(
    `ALTER DATABASE ${identifier(database)} OWNER TO ${identifier(owner)}`,
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
