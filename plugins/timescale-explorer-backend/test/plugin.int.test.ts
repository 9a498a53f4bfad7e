import { randomUUID } from 'node:crypto';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  aggregatesResponseSchema,
  catalogueResponseSchema,
  databasesResponseSchema,
  hypertableResponseSchema,
  hypertablesResponseSchema,
  jobsResponseSchema,
  overviewResponseSchema,
} from '@homelab/plugin-timescale-explorer-common';
import { startPlugin } from '@homelab/portal-node/testing';
import type { TestPlugin } from '@homelab/portal-node/testing';
import {
  createTestDatabase,
  eventually,
  fileScope,
  testServers,
} from '@homelab/test-kit';
import type { TestDatabase } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import plugin from '../src';
import { createExplorerRole } from './explorer-support';

const file = fileScope(afterAll);
let database: TestDatabase;
let portal: TestPlugin;
let role: { user: string; password: string };

const rollup = {
  table: 'public.energy_hourly_stored',
  source: 'public.energy_readings',
  bucketColumn: 'bucket',
  bucket: '1 hour',
  job: 'refresh-rollups',
  pending: {
    table: 'public.rollup_pending',
    timeColumn: 'bucket',
    where: { stream: 'energy' },
  },
};

const pluginId = 'timescale-explorer';

function configured() {
  const home = {
    ...database.connection('homelab_explorer'),
    ...role,
    id: 'home',
    title: 'Home',
    rollups: [rollup, { ...rollup, table: 'public.nowhere' }],
  };
  const { host, port, passwords } = testServers().postgres;
  const away = { id: 'away', host: '127.0.0.1', port: 1, database: 'd' };
  return {
    timescaleExplorer: {
      databases: [
        home,
        { ...away, user: 'nobody', password: 'x' },
        // pg_cron is in this one database of a server.
        {
          ...{ id: 'cron', host, port, database: 'homelab' },
          ...role,
        },
        // Backstage's own: a database without TimescaleDB.
        {
          ...{ id: 'plain', host, port, database: 'postgres' },
          user: 'postgres',
          password: passwords.postgres,
        },
      ],
    },
  };
}

async function ask<T>(
  path: string,
  schema: { parse(value: unknown): T },
): Promise<T> {
  const { status, body, text } = await portal.get(path);
  expect(status, text).toBe(200);
  return schema.parse(body);
}

beforeAll(async () => {
  role = await createExplorerRole(file);
  database = await createTestDatabase(file);
  const owner = await database.connect('homelab_owner');
  await owner.query(
    `INSERT INTO energy_readings (device_id, time, power_kw)
     SELECT 'meter', now() - g * INTERVAL '1 hour', 1 FROM generate_series(0, 24 * 9) AS g`,
  );
  await owner.query('ANALYZE energy_readings');
  await owner.query(
    `INSERT INTO temperature_readings (device_id, time, temperature) VALUES ('room', now(), 20)`,
  );
  await owner.query(`SELECT mark_rollups('energy', '-infinity', 'infinity')`);
  portal = await startPlugin(file, { plugin, pluginId, config: configured() });
});

test('databases say what they are; one that does not answer says why', async () => {
  const { databases } = await ask('/databases', databasesResponseSchema);
  expect(
    databases.map(({ id, server }) => [id, server?.edition, server?.cron]),
  ).toEqual([
    ['home', 'apache', 'absent'],
    ['away', undefined, undefined],
    ['cron', 'apache', 'readable'],
    ['plain', 'none', 'absent'],
  ]);
  expect(databases[1]?.problem).toMatch(/ECONNREFUSED/);
});

test('hypertables and their chunks have sizes, rows and growth', async () => {
  const { hypertables } = await ask(
    '/databases/home/hypertables',
    hypertablesResponseSchema,
  );
  expect(hypertables.map(({ name, rows }) => [name, rows])).toEqual([
    ['energy_readings', 217],
    // Not analyzed.
    ['temperature_readings', null],
    ['heatpump_status', 0],
  ]);
  const found = await ask(
    '/databases/home/hypertables/public/energy_readings',
    hypertableResponseSchema,
  );
  expect(found.chunks.length).toBeGreaterThanOrEqual(9);
  const owner = await database.connect('homelab_owner');
  const { rows } = await owner.query(
    `SELECT hypertable_size('energy_readings') - pg_total_relation_size('energy_readings') AS bytes`,
  );
  expect(found.hypertable.bytes).toBe(Number(rows[0].bytes));
  expect(found.hypertable.bytesPerDay).toBeGreaterThan(8_000);
  expect(new Set(found.chunks.map(({ state }) => state))).toEqual(
    new Set(['rowstore']),
  );
  expect(found.indexes.map(({ name }) => name)).toContain(
    'energy_readings_pkey',
  );
});

test('the catalogue has what may be read, and the time column of hypertables', async () => {
  const { tables } = await ask(
    '/databases/home/catalogue',
    catalogueResponseSchema,
  );
  const readings = tables.find(({ name }) => name === 'energy_readings');
  expect(readings).toMatchObject({ schema: 'public', timeColumn: 'time' });
  expect(readings?.columns).toContainEqual({ name: 'device_id', type: 'text' });
  const names = tables.map(({ name }) => name);
  expect(names).toContain('energy_hourly');
  // Secrets of others, and chunks.
  expect(names).not.toContain('api_tokens');
  expect(names.filter(name => name.startsWith('_'))).toEqual([]);
});

test('a rollup is behind by what waits; one that cannot be read says why', async () => {
  const before = await ask(
    '/databases/home/aggregates',
    aggregatesResponseSchema,
  );
  expect(before.note).toMatch(/Apache edition/);
  const [energy, nowhere] = before.aggregates;
  expect(energy).toMatchObject({ watermarkAt: null, problem: null });
  expect(energy?.pending?.count).toBeGreaterThan(200);
  expect(nowhere?.problem).toMatch(/nowhere/);
});

test('the health says what is wrong, what is not judged, and why', async () => {
  const overview = await ask(
    '/databases/home/overview',
    overviewResponseSchema,
  );
  expect(overview.findings.map(({ kind, object }) => [kind, object])).toEqual([
    ['policy-missing', 'public.energy_hourly_stored'],
    ['policy-missing', 'public.nowhere'],
  ]);
  expect(overview.notJudged.map(({ what }) => what)).toEqual([
    'Columnstore, retention and refresh policies',
    'When the disk is full',
  ]);
  const plain = await ask('/databases/plain/overview', overviewResponseSchema);
  expect(plain.totals.hypertables).toBe(0);
  expect(plain.notJudged[0]?.reason).toMatch(/not installed/);
});

test('jobs of pg_cron are told with their runs, to a role that owns none of them', async () => {
  const { Client } = await import('pg');
  const { host, port, passwords } = testServers().postgres;
  const owner = new Client({
    ...{ host, port, database: 'homelab', user: 'homelab_owner' },
    password: passwords.homelab_owner,
  });
  await owner.connect();
  try {
    await owner.query(
      `SELECT cron.schedule('explorer-fails', '1 second', 'SELECT 1 / 0')`,
    );
    await eventually(
      async () => {
        const { jobs } = await ask('/databases/cron/jobs', jobsResponseSchema);
        expect(
          jobs.find(({ name }) => name === 'explorer-fails'),
        ).toMatchObject({
          scheduler: 'pg_cron',
          owner: 'homelab_owner',
          lastStatus: 'failed',
          lastError: expect.stringContaining('division by zero'),
          everyMs: 1000,
        });
      },
      { timeoutMs: 30_000 },
    );
  } finally {
    await owner.query(`SELECT cron.unschedule('explorer-fails')`);
    await owner.end();
  }
  const { findings } = await ask(
    '/databases/cron/overview',
    overviewResponseSchema,
  );
  expect(findings.map(({ kind, title }) => [kind, title])).toContainEqual([
    'job-never-succeeded',
    'The job explorer-fails has never succeeded',
  ]);
});

test('where pg_cron is, queries read and schedule nothing', async () => {
  const query = (sql: string) =>
    portal.post('/databases/cron/queries', { id: randomUUID(), sql });
  expect(await query('SELECT 1 AS one')).toMatchObject({
    status: 200,
    body: { rows: [['1']] },
  });
  expect(
    await query(`SELECT cron.schedule('escaped', '1 second', 'SELECT 1')`),
  ).toMatchObject({
    status: 400,
    text: expect.stringMatching(/read-only transaction|permission denied/),
  });
});

const paths = [
  '/databases',
  '/databases/home/overview',
  '/databases/home/hypertables',
  '/databases/home/hypertables/public/energy_readings',
  '/databases/home/aggregates',
  '/databases/home/jobs',
  '/databases/home/catalogue',
];

test('what does not exist and what does not answer is said', async () => {
  expect(await portal.get('/databases/attic/overview')).toMatchObject({
    status: 404,
  });
  expect(
    await portal.get('/databases/home/hypertables/public/attic'),
  ).toMatchObject({ status: 404 });
  expect(await portal.get('/databases/away/overview')).toMatchObject({
    status: 503,
    text: expect.stringContaining('cannot be read'),
  });
});

test('every route requires a token and the permission', async t => {
  const refused = await startPlugin(t, {
    plugin,
    pluginId,
    config: configured(),
    result: AuthorizeResult.DENY,
  });
  for (const path of paths) {
    expect(await refused.get(path), path).toMatchObject({
      status: 403,
      text: expect.stringContaining('timescale-explorer.read'),
    });
    expect(await refused.getUnsigned(path), path).toMatchObject({
      status: 401,
    });
  }
});
