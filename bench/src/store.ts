import { performance } from 'node:perf_hooks';
import { hypertables } from '@homelab/telemetry';
import { rollups } from '@homelab/timescale-schema';
import pg from 'pg';
import { createApiClient, startApi } from './api-program.ts';
import type { ApiClient } from './api-program.ts';
import type { Bench, BenchContext } from './bench-context.ts';
import { percentile, ratioOf } from './figures.ts';
import type { Figure, Goal } from './figures.ts';
import { measureColumnstore } from './store-columnstore.ts';
import { fillStore, storeDevices, storeStepMs } from './store-load.ts';
import { storeQueries } from './store-queries.ts';
import type { StoreQuery } from './store-queries.ts';
import { measureReaders } from './store-readers.ts';
import { measureSink } from './store-sink.ts';

const dayMs = 86_400_000;
const days = 90;
const rowsPerDay = storeDevices.length * (dayMs / storeStepMs);
/** Stored rows at which the cost of a refresh is measured, in millions. */
const stages = [1, 5, 15] as const;
const queriesPerRound = 100;
/** Until the code of both sides is compiled, as it is in a service that runs for months. */
const warmUpRounds = 3;
const { daily, columns } = rollups.energy;

/**
 * How fast months and years are read from 15 million stored readings at the Homelab API, beside
 * the SQL alone that it asks; what a refresh of the rollups costs for one minute of new data at 1,
 * 5 and 15 million; what rollups cost the sink; and how much columns save on the community edition.
 */
export const benchStore: Bench = async context => {
  const owner = await connect(context, 'homelab_owner');
  const reader = await connect(context, 'homelab_reader');
  try {
    // Each minute it would do what is to be measured.
    await owner.query('SELECT cron.unschedule(jobname) FROM cron.job');
    const endMs = Math.floor(Date.now() / dayMs) * dayMs;
    const figures = await fillInStages(context, owner, endMs);
    await backfillDays(owner);
    await owner.query('VACUUM ANALYZE');
    await markLastHour(owner, endMs);
    const api = await startApi(context.stack);
    try {
      figures.push(...(await measureQueries(context, reader, endMs)));
      figures.push(...(await measureReaders(context, endMs)));
    } finally {
      await api.stop();
    }
    figures.push(...(await measureSink(context)));
    figures.push(...(await measureColumnstore(context)));
    return figures;
  } finally {
    await reader.end();
    await owner.end();
  }
};

async function fillInStages(
  context: BenchContext,
  owner: pg.Client,
  endMs: number,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  let filledDays = 0;
  let fillS = 0;
  for (const millions of stages) {
    const last = millions === stages.at(-1);
    const wantedDays = last ? days : Math.round((millions * 1e6) / rowsPerDay);
    context.report(`  filling up to ${millions} million rows`);
    const startMs = performance.now();
    // Backwards, so that the newest day is there from the beginning.
    const span = {
      fromMs: endMs - wantedDays * dayMs,
      untilMs: endMs - filledDays * dayMs,
    };
    await fillStore(() => connect(context, 'homelab_owner'), span);
    fillS += (performance.now() - startMs) / 1_000;
    filledDays = wantedDays;
    context.report('  aggregating them');
    await owner.query("SELECT mark_rollups('energy', $1, $2)", [
      new Date(span.fromMs),
      new Date(span.untilMs),
    ]);
    await owner.query('CALL refresh_rollups(3600)');
    figures.push({
      name: `refresh of a minute of new data, ${millions} million stored`,
      unit: 'ms',
      rounds: await measureRefreshes(context, owner, endMs),
    });
  }
  const [first, , most] = figures;
  return [
    {
      ...{ name: `filling ${days} days of ${storeDevices.length} devices` },
      ...{ unit: 's', rounds: [fillS], goal: { atMost: 180 } },
    },
    ...figures,
    {
      ...{ name: 'refresh at 15 million / at 1 million', unit: 'x' },
      rounds: (most?.rounds ?? []).map(
        (value, round) => value / (first?.rounds[round] ?? NaN),
      ),
      goal: { atMost: 2 },
    },
  ];
}

/** Every device sends for a minute, into the last hour. */
async function measureRefreshes(
  { rounds }: BenchContext,
  owner: pg.Client,
  endMs: number,
): Promise<number[]> {
  const measured: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await owner.query(
      `UPDATE ${hypertables.energy} SET power_kw = power_kw + 0.001
       WHERE device_id = ANY($1) AND time >= $2::timestamptz - INTERVAL '1 minute' AND time < $2`,
      [storeDevices, new Date(endMs)],
    );
    await markLastHour(owner, endMs);
    const startMs = performance.now();
    await owner.query('CALL refresh_rollups()');
    measured.push(performance.now() - startMs);
  }
  return measured;
}

async function markLastHour(owner: pg.Client, endMs: number): Promise<void> {
  await owner.query(
    `SELECT mark_rollups('energy', $1::timestamptz - INTERVAL '1 hour', $1)`,
    [new Date(endMs)],
  );
}

/** Days before the readings, as they are after two years; they repeat those that are there. */
async function backfillDays(owner: pg.Client): Promise<void> {
  const names = columns.map(({ name }) => name).join(', ');
  await owner.query(
    `INSERT INTO ${daily}_stored (device_id, bucket, ${names})
     SELECT device_id, bucket - copy * INTERVAL '${days + 1} days', ${names}
     FROM ${daily}_stored CROSS JOIN generate_series(1, 7) AS copy
     ON CONFLICT DO NOTHING`,
  );
}

/** Each question, alternately as bare SQL over one connection and to the API over another. */
async function measureQueries(
  { stack, rounds, report }: BenchContext,
  reader: pg.Client,
  endMs: number,
): Promise<Figure[]> {
  const client = createApiClient(stack);
  const figures: Figure[] = [];
  report('  warming up');
  for (let round = 0; round < warmUpRounds; round += 1)
    for (const query of storeQueries)
      await measureQuery(reader, client, query, endMs);
  for (const query of storeQueries) {
    report(`  reading: ${query.name}`);
    const all = { sql: [], sqlSlow: [], api: [], apiSlow: [] } as Times;
    for (let round = 0; round < rounds; round += 1) {
      const { sql, api } = await measureQuery(reader, client, query, endMs);
      all.sql.push(percentile(sql, 0.5));
      all.sqlSlow.push(percentile(sql, 0.95));
      all.api.push(percentile(api, 0.5));
      all.apiSlow.push(percentile(api, 0.95));
    }
    figures.push(...queryFigures(query, all));
  }
  client.close();
  return figures;
}

/** Medians and p95 of each round. */
type Times = Record<'sql' | 'sqlSlow' | 'api' | 'apiSlow', number[]>;

function queryFigures({ name, goalMs }: StoreQuery, all: Times): Figure[] {
  const figure = (of: string, rounds: number[], goal?: Goal): Figure => ({
    ...{ name: `${name}${of}`, unit: 'ms', rounds },
    ...(goal && { goal }),
  });
  const sql = figure(', bare SQL', all.sql);
  const api = figure('', all.api);
  return [
    api,
    figure(', p95', all.apiSlow, { atMost: goalMs }),
    sql,
    figure(', bare SQL, p95', all.sqlSlow),
    ratioOf(`${name}, service / bare SQL`, api, sql, { atMost: 1.5 }),
  ];
}

async function measureQuery(
  reader: pg.Client,
  client: ApiClient,
  { name, sql: text, values, path }: StoreQuery,
  endMs: number,
): Promise<{ sql: number[]; api: number[] }> {
  const times = { sql: [] as number[], api: [] as number[] };
  for (let index = 0; index < queriesPerRound; index += 1) {
    const device = storeDevices[index % storeDevices.length] ?? '';
    const startMs = performance.now();
    const { rowCount } = await reader.query({
      ...{ name, text, values: values(device, endMs) },
    });
    const betweenMs = performance.now();
    await client.ask(path(device, endMs));
    times.sql.push(betweenMs - startMs);
    times.api.push(performance.now() - betweenMs);
    if (!rowCount) throw new Error(`Nothing was found: ${name}.`);
  }
  return times;
}

async function connect(
  { stack }: BenchContext,
  user: 'homelab_owner' | 'homelab_reader',
): Promise<pg.Client> {
  const client = new pg.Client({
    ...{ host: '127.0.0.1', port: stack.ports.postgres, database: 'homelab' },
    ...{ user, password: stack.secrets.postgres[user] },
  });
  await client.connect();
  return client;
}
