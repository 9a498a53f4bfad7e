import { randomUUID } from 'node:crypto';
import { queryResponseSchema } from '@homelab/plugin-timescale-explorer-common';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { startPlugin } from '@homelab/portal-node/testing';
import type { TestPlugin } from '@homelab/portal-node/testing';
import { createTestDatabase, eventually, fileScope } from '@homelab/test-kit';
import type { PostgresRole, TestDatabase } from '@homelab/test-kit';
import type { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import plugin from '../src';
import { createExplorerRole } from './explorer-support';
import { runQuery } from '../src/query/runQuery';

const file = fileScope(afterAll);
const pluginId = 'timescale-explorer';
let database: TestDatabase;
let superuser: Client;
let portal: TestPlugin;
let explorer: { user: string; password: string };

const connectionOf = (role: PostgresRole) => ({
  ...database.connection(role),
  ...(role === 'homelab_explorer' && explorer),
});

const configured = (role: PostgresRole) => ({
  ...connectionOf(role),
  id: role,
});

beforeAll(async () => {
  explorer = await createExplorerRole(file);
  database = await createTestDatabase(file);
  superuser = await database.connect('postgres');
  await superuser.query(`
    INSERT INTO energy_readings (device_id, time, power_kw)
      SELECT 'meter', now() - g * INTERVAL '1 minute', g FROM generate_series(1, 3000) AS g;
    CREATE FUNCTION own_function() RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS
      $$ BEGIN DELETE FROM energy_readings; RETURN 1; END $$;
    GRANT EXECUTE ON FUNCTION own_function() TO PUBLIC`);
  portal = await startPlugin(file, {
    plugin,
    pluginId,
    config: {
      timescaleExplorer: {
        databases: [
          configured('homelab_explorer'),
          configured('postgres'),
          configured('homelab_sink'),
        ],
      },
    },
  });
});

/** The sessions of queries that the server still has. */
async function sessions(doing = '%'): Promise<number> {
  const { rows } = await superuser.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'timescale-explorer query' AND query LIKE $1`,
    [doing],
  );
  return rows[0].n;
}

/** What nothing here may change. */
async function fingerprint() {
  const { rows } = await superuser.query(
    `SELECT (SELECT count(*)::int FROM energy_readings) AS readings,
      (SELECT count(*)::int FROM pg_class WHERE relname ~ '^escaped') AS tables,
      (SELECT count(*)::int FROM pg_largeobject_metadata) AS objects,
      (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND database =
        (SELECT oid FROM pg_database WHERE datname = current_database())) AS locks`,
  );
  return rows[0];
}

const untouched = { readings: 3000, tables: 0, objects: 0, locks: 0 };

afterEach(async () => {
  await eventually(async () => expect(await sessions()).toBe(0), {
    timeoutMs: 2_000,
    intervalMs: 50,
  });
  expect(await fingerprint()).toEqual(untouched);
});

const limits = { timeoutMs: 700, maxRows: 100, maxBytes: 1_000_000 };

/** Runs a query as a role, without the check of its rights, that is, by the second line alone. */
function run(
  role: PostgresRole,
  sql: string,
  more: Partial<typeof limits> = {},
) {
  return runQuery({
    connection: connectionOf(role),
    sql,
    limits: { ...limits, ...more },
    signal: AbortSignal.timeout(20_000),
    terminate: async pid => {
      await superuser.query('SELECT pg_terminate_backend($1)', [pid]);
    },
    check: async () => {},
  });
}

/** What a query must not do, and what the server says to it. */
const refused: [string, string, RegExp][] = [
  ['two statements', 'SELECT 1; SELECT 2', /multiple commands/],
  ['COMMIT behind a query', 'SELECT 1; COMMIT', /multiple commands/],
  [
    'the way out of a simple query',
    'SELECT 1; commit; begin read write; create table escaped ()',
    /multiple commands/,
  ],
  ['COMMIT', 'COMMIT', /syntax error/],
  ['SET', 'SET statement_timeout = 0', /syntax error/],
  ['DO', 'DO $$ BEGIN DELETE FROM energy_readings; END $$', /syntax error/],
  ['CALL', 'CALL refresh_rollups()', /syntax error/],
  ['COPY', `COPY energy_readings TO '/tmp/escaped'`, /syntax error/],
  [
    'COPY a program',
    `COPY (SELECT 1) TO PROGRAM 'touch /tmp/escaped'`,
    /syntax error/,
  ],
  [
    'EXPLAIN ANALYZE of a change',
    'EXPLAIN ANALYZE DELETE FROM energy_readings',
    /syntax error/,
  ],
  ['a change', 'DELETE FROM energy_readings', /syntax error/],
  [
    'a change inside of WITH',
    'WITH gone AS (DELETE FROM energy_readings RETURNING 1) SELECT * FROM gone',
    /must not contain data-modifying/,
  ],
  [
    'SELECT INTO',
    'SELECT 1 AS a INTO escaped',
    /cannot specify INTO|SELECT INTO|not allowed/i,
  ],
  [
    'FOR UPDATE',
    'SELECT * FROM schema_migrations FOR UPDATE',
    /read-only transaction|permission denied/,
  ],
  ['a table', 'CREATE TABLE escaped ()', /syntax error/],
  [
    'a function of the user that changes rows with the rights of its owner',
    'SELECT own_function()',
    /read-only transaction|permission denied/,
  ],
  [
    'the way back to writing',
    `SELECT set_config('transaction_read_only', 'off', true)`,
    /read-write mode must be set before|cannot set transaction read-write/,
  ],
  ['a large object', 'SELECT lo_create(0)', /read-only transaction/],
  ['a sequence', `SELECT setval('escaped', 1)`, /does not exist/],
  [
    'a comment that hides an end',
    'SELECT 1 /* ; COMMIT; */; -- \n DELETE FROM energy_readings',
    /multiple commands/,
  ],
  ['a comment without an end', 'SELECT 1 /* ', /unterminated/],
  ['nothing', '-- nothing', /syntax error/],
  ['a parameter', 'SELECT $1', /parameter|bind message/],
];

describe.each(['homelab_explorer', 'postgres'] as const)('as %s', role => {
  test.each(refused)('%s is refused', async (_, sql, message) => {
    await expect(run(role, sql)).rejects.toThrow(message);
  });

  const endless: [string, string][] = [
    ['pg_sleep', 'SELECT pg_sleep(60)'],
    [
      'a query that lifts its limit and then sleeps',
      `SELECT set_config('statement_timeout', '0', true), pg_sleep(60)`,
    ],
    [
      'a query that lifts its limit for the rows after the first ones',
      `SELECT set_config('statement_timeout', '0', true), pg_sleep(CASE WHEN g <= 50 THEN 0 ELSE 60 END) FROM generate_series(1, 100) AS g`,
    ],
    [
      'a cross join',
      'SELECT count(*) FROM energy_readings a, energy_readings b, energy_readings c',
    ],
    [
      'a recursion without end',
      'WITH RECURSIVE n (i) AS (SELECT 1::bigint UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n',
    ],
  ];

  test.each(endless)('%s is stopped in time', async (_, sql) => {
    const startedMs = performance.now();
    await expect(run(role, sql)).rejects.toThrow(/stopped after 0.7 s/);
    expect(performance.now() - startedMs).toBeLessThan(3_000);
  });

  test('a cell of 50 MB is not waited for, and is told', async () => {
    const sql = `SELECT repeat('x', 50000000) UNION ALL SELECT 'small'`;
    expect(await run(role, sql, { timeoutMs: 20_000 })).toMatchObject({
      endedBy: 'bytes',
      rows: [],
    });
  });

  test('what a session keeps is gone with it', async () => {
    await superuser.query('LISTEN escaped');
    const heard: unknown[] = [];
    superuser.on('notification', message => heard.push(message));
    await run(
      role,
      `SELECT pg_advisory_lock(7), pg_notify('escaped', 'x'), set_config('search_path', 'pg_temp', false)`,
    );
    await eventually(async () => expect(await sessions()).toBe(0), {
      timeoutMs: 2_000,
    });
    const next = await run(role, `SELECT current_setting('search_path')`);
    expect(next.rows).toEqual([['"$user", public']]);
    expect(heard).toEqual([]);
  });
});

test('a superuser reads files of the server; that is why one may run nothing', async () => {
  const file_ = `SELECT pg_read_file('PG_VERSION')`;
  await expect(run('homelab_explorer', file_)).rejects.toThrow(
    /permission denied/,
  );
  const refusals = await Promise.all(
    ['postgres', 'homelab_sink'].map(id => ask(file_, id)),
  );
  expect(refusals.map(({ status, text }) => [status, text])).toEqual([
    [409, expect.stringContaining('is a superuser')],
    [409, expect.stringContaining('may change public.')],
  ]);
});

test('a role that may connect to other servers may run nothing', async () => {
  await superuser.query('CREATE EXTENSION dblink');
  try {
    const { status, text } = await ask('SELECT 1');
    expect([status, text]).toEqual([
      409,
      expect.stringContaining('may call dblink'),
    ]);
  } finally {
    await superuser.query('DROP EXTENSION dblink');
  }
});

function ask(sql: string, role = 'homelab_explorer', more: object = {}) {
  return portal.post(`/databases/${role}/queries`, {
    id: randomUUID(),
    sql,
    ...more,
  });
}

test('values lose nothing', async () => {
  const { body, text } = await ask(
    `SELECT 9223372036854775807 AS big, 0.1::numeric(30,20) AS exact, 'NaN'::float8 AS nan, NULL AS none,
      '2026-11-30 12:00:00.123456+00'::timestamptz AS at, ARRAY[1,2] AS list, '{"a":1}'::jsonb AS json, 'é' AS "ü"`,
  );
  expect(text).toContain('columns');
  const answer = queryResponseSchema.parse(body);
  expect(answer.rows, text).toEqual([
    [
      '9223372036854775807',
      '0.10000000000000000000',
      'NaN',
      null,
      '2026-11-30 12:00:00.123456+00',
      '{1,2}',
      '{"a": 1}',
      'é',
    ],
  ]);
  expect(answer.columns).toEqual([
    { name: 'big', type: 'bigint' },
    { name: 'exact', type: 'numeric(30,20)' },
    { name: 'nan', type: 'double precision' },
    { name: 'none', type: 'text' },
    { name: 'at', type: 'timestamp with time zone' },
    { name: 'list', type: 'integer[]' },
    { name: 'json', type: 'jsonb' },
    { name: 'ü', type: 'text' },
  ]);
  expect(answer.endedBy).toBe('end');
});

test('rows are cut where asked, and that is told; all are all', async () => {
  const rows = async (sql: string, maxRows: number) => {
    const { rows: found, endedBy } = queryResponseSchema.parse(
      (await ask(sql, undefined, { maxRows })).body,
    );
    return [found.length, endedBy];
  };
  expect(await rows('SELECT * FROM energy_readings', 100)).toEqual([
    100,
    'rows',
  ]);
  expect(await rows('SELECT * FROM energy_readings', 3000)).toEqual([
    3000,
    'end',
  ]);
  expect(await rows('SELECT generate_series(1, 100000)', 100_000)).toEqual([
    100_000,
    'end',
  ]);
  const wide = `SELECT repeat('x', 100000) FROM generate_series(1, 1000)`;
  const [count, endedBy] = await rows(wide, 1000);
  expect(endedBy).toBe('bytes');
  expect(count).toBeGreaterThan(40);
});

test('an error says where it is, and is audited with the statement', async () => {
  const { status, text } = await ask('SELECT nothing FROM energy_readings');
  expect(status).toBe(400);
  expect(text).toContain(
    'column \\"nothing\\" does not exist (at character 8)',
  );
  expect(portal.audited.at(-1)).toEqual({
    eventId: 'query',
    meta: {
      database: 'homelab_explorer',
      sql: 'SELECT nothing FROM energy_readings',
      maxRows: 1000,
    },
    outcome: 'fail',
  });
});

test('cancel ends the work of the server within a second', async () => {
  const id = randomUUID();
  const running = portal.post('/databases/homelab_explorer/queries', {
    id,
    sql: 'SELECT count(*) FROM energy_readings a, energy_readings b, energy_readings c',
  });
  await eventually(async () => expect(await sessions('FETCH %')).toBe(1), {
    timeoutMs: 5_000,
    intervalMs: 20,
  });
  const startedMs = performance.now();
  const { body } = await portal.post(
    `/databases/homelab_explorer/queries/${id}/cancel`,
  );
  expect(body).toEqual({ wasRunning: true });
  const { status, text } = await running;
  await eventually(async () => expect(await sessions()).toBe(0), {
    timeoutMs: 2_000,
    intervalMs: 10,
  });
  expect(performance.now() - startedMs).toBeLessThan(1_000);
  expect([status, text]).toEqual([400, expect.stringContaining('cancelled')]);
  const again = await portal.post(
    `/databases/homelab_explorer/queries/${id}/cancel`,
  );
  expect(again.body).toEqual({ wasRunning: false });
});

test('only so many queries run at once', async () => {
  const asked = [1, 2, 3].map(() => ask('SELECT pg_sleep(0.5)'));
  const answers = await Promise.all(asked);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409]);
});

test('queries require a token and their permission', async t => {
  const denied = await startPlugin(t, {
    plugin,
    pluginId,
    config: {
      timescaleExplorer: { databases: [configured('homelab_explorer')] },
    },
    result: AuthorizeResult.DENY,
  });
  for (const path of ['queries', `queries/${randomUUID()}/cancel`])
    expect(
      await denied.post(`/databases/homelab_explorer/${path}`, {
        id: randomUUID(),
        sql: 'SELECT 1',
      }),
    ).toMatchObject({
      status: 403,
      text: expect.stringContaining('timescale-explorer.query'),
    });
});
