import { measurementsOf, streams } from '@homelab/telemetry';
import { createTestDatabase } from '@homelab/test-kit';
import {
  allReadingTables,
  allRollups,
  bucketColumn,
  deviceColumn,
  readingTables,
} from '../src/index.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Client } from 'pg';
import type { TestDatabase } from '@homelab/test-kit';

let database: TestDatabase;
let owner: Client;
const cleanups: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  const scope = {
    onTestFinished: (cleanup: () => Promise<void> | void) =>
      void cleanups.push(cleanup),
  };
  database = await createTestDatabase(scope);
  owner = await database.connect('homelab_owner');
});
afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

const typeOfKind = {
  gauge: 'double precision',
  counter: 'double precision',
  flag: 'boolean',
  state: 'text',
  text: 'text',
  list: 'text[]',
} as const;

test.each(streams)(
  'the columns of %s are the fields of the registry',
  async stream => {
    const { name } = readingTables[stream];
    const found = await owner.query(
      `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS required
     FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
     ORDER BY attnum`,
      [name],
    );
    const time = 'timestamp with time zone';
    expect(found.rows).toEqual([
      { name: 'time', type: time, required: true },
      { name: deviceColumn, type: 'text', required: true },
      ...measurementsOf(stream).map(([field, { kind }]) => ({
        name: field,
        type: typeOfKind[kind],
        required: false,
      })),
      { name: 'received_at', type: time, required: false },
      { name: 'stored_at', type: time, required: true },
      { name: 'record_offset', type: 'bigint', required: false },
      { name: 'older_fields', type: 'jsonb', required: false },
    ]);
  },
);

test.each(allReadingTables)(
  '$name is a hypertable of one day, unique by device and time',
  async ({ name }) => {
    const dimension = await owner.query(
      `SELECT column_name, time_interval::text AS interval
       FROM timescaledb_information.dimensions WHERE hypertable_name = $1`,
      [name],
    );
    expect(dimension.rows).toEqual([
      { column_name: 'time', interval: '1 day' },
    ]);
    const insert = `INSERT INTO ${name} (${deviceColumn}, time) VALUES ('one', '2026-01-01T00:00:00Z')`;
    await owner.query(insert);
    await expect(owner.query(insert)).rejects.toMatchObject({ code: '23505' });
    const stored = await owner.query(
      `SELECT stored_at <= now() AS clocked FROM ${name}`,
    );
    expect(stored.rows).toEqual([{ clocked: true }]);
  },
);

test.each(allReadingTables)(
  'the sink adds to $name and merges, the reader only reads',
  async ({ name }) => {
    const sink = await database.connect('homelab_sink');
    const reader = await database.connect('homelab_reader');
    const insert = `INSERT INTO ${name} (${deviceColumn}, time) VALUES ('granted', '2026-02-01Z')`;
    await sink.query(insert);
    const read = `SELECT ${deviceColumn} FROM ${name} WHERE ${deviceColumn} = 'granted'`;
    expect((await reader.query(read)).rowCount).toBe(1);
    expect((await sink.query(read)).rowCount).toBe(1);
    expect((await sink.query(`UPDATE ${name} SET rssi = 0`)).rowCount).toBe(2);
    for (const [client, statement] of [
      [sink, `DELETE FROM ${name}`],
      [sink, `TRUNCATE ${name}`],
      [sink, 'CREATE TABLE mine (one text)'],
      [reader, insert.replace('granted', 'other')],
      [reader, `UPDATE ${name} SET rssi = 0`],
      [reader, `DELETE FROM ${name}`],
      [reader, 'CREATE TABLE mine (one text)'],
    ] as const) {
      // Read-only transactions, where the role has them, refuse with 25006 before privileges are checked.
      await expect(client.query(statement), statement).rejects.toMatchObject({
        code: expect.stringMatching(/^(42501|25006)$/),
      });
    }
  },
);

const viewColumns = `SELECT attname AS name, format_type(atttypid, atttypmod) AS type
  FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 ORDER BY attnum`;

test.each(allRollups)(
  'the columns of $hourly and $daily are those of their definition',
  async ({ hourly, daily, columns }) => {
    const time = 'timestamp with time zone';
    for (const view of [hourly, daily]) {
      expect((await owner.query(viewColumns, [view])).rows).toEqual([
        { name: deviceColumn, type: 'text' },
        { name: bucketColumn, type: time },
        ...columns.map(({ name, type }) => ({
          name,
          type: type === 'timestamptz' ? time : type,
        })),
      ]);
    }
  },
);

test('every column of every table and view says what it holds', async () => {
  const silent = await owner.query(
    `SELECT c.relname, a.attname FROM pg_class c
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
       AND c.relname <> 'schema_migrations' AND col_description(c.oid, a.attnum) IS NULL`,
  );
  expect(silent.rows).toEqual([]);
});

test('nothing in the schema is granted to PUBLIC', async () => {
  const given = await owner.query(
    `SELECT c.relname FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) AS acl
     WHERE c.relnamespace = 'public'::regnamespace AND acl.grantee = 0
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')`,
  );
  expect(given.rows).toEqual([]);
  const usage = await owner.query(
    `SELECT 1 FROM pg_namespace CROSS JOIN LATERAL aclexplode(nspacl) AS acl
     WHERE nspname = 'public' AND acl.grantee = 0`,
  );
  expect(usage.rows).toEqual([]);
});

test('the reader can read a table that a later migration adds', async () => {
  await owner.query('CREATE TABLE added_later (one text)');
  const reader = await database.connect('homelab_reader');
  expect((await reader.query('SELECT * FROM added_later')).rowCount).toBe(0);
  const sink = await database.connect('homelab_sink');
  await expect(sink.query('SELECT * FROM added_later')).rejects.toMatchObject({
    code: '42501',
  });
});
