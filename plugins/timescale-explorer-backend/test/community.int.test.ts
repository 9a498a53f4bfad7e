import { createCommunityDatabase, fileScope } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readExplorerConfig } from '../src/config';
import { judge } from '../src/health/judge';
import type { Queryable } from '../src/reads/sql';
import { ExplorerDatabase } from '../src/services/ExplorerDatabase';
import { configOf } from './explorer-support';

const file = fileScope(afterAll);
let database: Queryable;
let explorer: ExplorerDatabase;

/** A day of readings each minute, so many days ago, whose aggregates and chunks wait for their jobs. */
const fill = `
  CREATE TABLE reading (time timestamptz NOT NULL, device_id text NOT NULL, value double precision);
  SELECT create_hypertable('reading', by_range('time', INTERVAL '1 day'));
  ALTER TABLE reading SET (timescaledb.compress, timescaledb.compress_orderby = 'time DESC');
  INSERT INTO reading SELECT t, 'meter', 1 FROM generate_series(now() - INTERVAL '12 days', now(), INTERVAL '10 minutes') AS t;
  SELECT add_compression_policy('reading', INTERVAL '3 days');
  SELECT add_retention_policy('reading', INTERVAL '30 days');
  CREATE MATERIALIZED VIEW reading_hourly WITH (timescaledb.continuous) AS
    SELECT time_bucket('1 hour', time) AS bucket, device_id, sum(value) AS total, count(value) AS n
    FROM reading GROUP BY 1, 2 WITH NO DATA;
  CREATE MATERIALIZED VIEW reading_daily WITH (timescaledb.continuous) AS
    SELECT time_bucket('1 day', bucket, 'Europe/Stockholm') AS bucket, device_id, sum(total) AS total
    FROM reading_hourly GROUP BY 1, 2 WITH NO DATA;
  SELECT add_continuous_aggregate_policy('reading_hourly', start_offset => NULL, end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '30 minutes');
`;

beforeAll(async () => {
  database = await createCommunityDatabase(file);
  await database.query(fill);
  await database.query(
    `CALL refresh_continuous_aggregate('reading_hourly', now() - INTERVAL '12 days', now() - INTERVAL '2 days')`,
  );
  await database.query(
    'SELECT compress_chunk(c) FROM (SELECT show_chunks($1) AS c LIMIT 2) AS oldest',
    ['reading'],
  );
  await database.query(
    `INSERT INTO reading SELECT min(range_start) + INTERVAL '1 hour', 'late', 1
     FROM timescaledb_information.chunks WHERE hypertable_name = 'reading'`,
  );
  const [config] = readExplorerConfig(
    configOf([
      { id: 'home', host: 'h', database: 'd', user: 'u', password: 'p' },
    ]),
  ).databases;
  explorer = new ExplorerDatabase({
    config: config!,
    read: work => work(database),
    stop: async () => {},
    now: Date.now,
  });
});

test('the edition is probed', async () => {
  expect(await explorer.server()).toMatchObject({
    edition: 'community',
    cron: 'absent',
  });
});

test('chunks of the columnstore are told from rows and from those with later rows', async () => {
  const found = await explorer.hypertable({
    schema: 'public',
    name: 'reading',
  });
  expect(found.chunks.map(({ state }) => state).slice(0, 3)).toEqual([
    'partial',
    'columnstore',
    'rowstore',
  ]);
  expect(found.hypertable).toMatchObject({
    columnstoreChunks: 2,
    chunks: found.chunks.length,
    hasUniqueKey: false,
    segmentBy: null,
    bytes: found.chunks.reduce((sum, { bytes }) => sum + bytes, 0),
  });
  expect(found.chunks[1]?.bytes).toBeGreaterThan(8_000);
  expect(found.conversion?.chunks).toBe(2);
  expect(found.edges.map(({ kind, words }) => [kind, words])).toEqual([
    ['columnstore', 'converted when older than 3 days'],
    ['retention', 'dropped when older than 30 days'],
  ]);
});

test('aggregates say what they are made of, how far they are, and what waits', async () => {
  const { aggregates, note } = await explorer.aggregates();
  expect(note).toBeNull();
  expect(
    aggregates.map(({ name, source, isRealTime, timeZone, bucketMs }) => [
      name,
      source,
      isRealTime,
      timeZone,
      bucketMs,
    ]),
  ).toEqual([
    [
      'public.reading_daily',
      'public.reading_hourly',
      false,
      'Europe/Stockholm',
      86_400_000,
    ],
    ['public.reading_hourly', 'public.reading', false, null, 3_600_000],
  ]);
  const hourly = aggregates[1];
  const behindMs = Date.now() - Date.parse(hourly?.watermarkAt ?? '');
  expect(behindMs / 86_400_000).toBeCloseTo(2, 0);
  expect(hourly?.refresh).toMatchObject({
    startOffset: null,
    endOffset: '01:00:00',
  });
});

test('jobs of TimescaleDB have their target, limits and schedule', async () => {
  const { jobs } = await explorer.jobs();
  const own = jobs.filter(({ kind }) => kind !== 'internal');
  expect(own.map(({ kind, target }) => [kind, target])).toEqual([
    ['columnstore', 'public.reading'],
    ['retention', 'public.reading'],
    ['refresh', 'public.reading_hourly'],
  ]);
  expect(own[1]?.limits.drop_after).toEqual({
    text: '30 days',
    ms: 30 * 86_400_000,
  });
});

test('the health names what is wrong, the heaviest first, and mends it by SQL that runs', async () => {
  const { findings, notJudged } = await judge(explorer, Date.now());
  expect(notJudged.map(({ what }) => what)).toEqual(['When the disk is full']);
  expect(findings.map(({ kind, object }) => [kind, object])).toEqual([
    ['refresh-wider-than-retention', 'public.reading_hourly'],
    ['aggregate-stale', 'public.reading_hourly'],
    ['policy-missing', 'public.reading_daily'],
    ['uncompressed-beyond-policy', 'public.reading'],
    ['unique-key-missing', 'public.reading'],
    ['segmentby-unset', 'public.reading'],
  ]);
  for (const { sql } of findings)
    for (const statement of (sql ?? '').split(/;\n?/))
      if (statement.trim() !== '') await database.query(statement);
  const after = await judge(
    new ExplorerDatabase({
      config: explorer.config,
      read: work => work(database),
      stop: async () => {},
      now: Date.now,
    }),
    Date.now(),
  );
  expect(after.findings).toEqual([]);
});
