import { join } from 'node:path';
import { MigrationError } from '@homelab/timescale-schema';
import pg from 'pg';
import { checkoutFolders, checkoutRoot, homelabFolder } from '../folders.ts';
import { HomelabError, messageOf } from '../homelab-error.ts';
import { ensureSecrets } from '../native/secrets.ts';
import { chooseFolders } from '../native/server-user.ts';
import { readRunState } from '../runner/run-state.ts';
import { postgresEnv } from '../servers/postgres/roles.ts';
import { isSupervised } from './down.ts';

/**
 * Connects as the owner to the database of the `PG*` variables, else to that of the running
 * stack, does the work and disconnects.
 * @throws HomelabError that says what is wrong
 */
export async function withDatabase(
  use: (database: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({
    ...(await chooseDatabase()),
    application_name: 'homelab-cli',
  });
  try {
    await client.connect();
    await use(client);
  } catch (error) {
    throw explained(error);
  } finally {
    await client.end();
  }
}

/** How the owner connects; empty where the `PG*` variables say it, which pg reads itself. */
export async function chooseDatabase(): Promise<pg.ClientConfig> {
  return process.env.PGHOST ? {} : await runningDatabase();
}

function explained(error: unknown): Error {
  if (error instanceof HomelabError) return error;
  if (error instanceof MigrationError)
    return new HomelabError('step-failed', error.message, { cause: error });
  const missing = error instanceof pg.DatabaseError && error.code === '42P01';
  return new HomelabError(
    'step-failed',
    missing
      ? 'The database lacks a table of ours: run "./homelab db migrate".'
      : `The database cannot be used (${messageOf(error)}).`,
    { cause: error },
  );
}

async function runningDatabase(): Promise<pg.ClientConfig> {
  const state = readRunState(join(homelabFolder(checkoutRoot), 'run'));
  const postgres =
    state && isSupervised(state)
      ? state.processes.find(({ name }) => name === 'postgres')
      : undefined;
  const port = postgres?.ports.find(
    ({ label }) => label === 'PostgreSQL',
  )?.port;
  if (postgres?.status !== 'ready' || port === undefined) {
    throw new HomelabError(
      'not-ready',
      'The database of this checkout does not run: start everything with "./homelab up", or name another one with PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE.',
    );
  }
  const { folders } = await chooseFolders(checkoutFolders());
  const secrets = await ensureSecrets(folders.secrets);
  const env = postgresEnv(
    { ports: { postgres: port }, secrets },
    'homelab_owner',
  );
  return {
    host: env.PGHOST,
    port,
    user: env.PGUSER,
    password: env.PGPASSWORD,
    database: env.PGDATABASE,
  };
}
