import { performance } from 'node:perf_hooks';
import { hypertables } from '@homelab/telemetry';
import { rollups } from '@homelab/timescale-schema';
import pg from 'pg';
import type { Bench, BenchContext } from './bench-context.ts';
import { percentile } from './figures.ts';
import type { Figure, Goal } from './figures.ts';
import { fillStore, storeDevices, storeStepMs } from './store-load.ts';

const dayMs = 86_400_000;
const days = 90;
const rowsPerDay = storeDevices.length * (dayMs / storeStepMs);
/** Stored rows at which the cost of a refresh is measured, in millions. */
const stages = [1, 5, 15] as const;
const queriesPerRound = 60;
const { hourly, daily, columns } = rollups.energy;

/**
 * How fast months and years are read from 15 million stored readings, and what a refresh of the
 * rollups costs for one minute of new data at 1, 5 and 15 million. The queries are those that the
 * API asks, as bare SQL.
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
    return [...figures, ...(await measureQueries(context, reader, endMs))];
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
    await fillStore(() => connect(context, 'homelab_owner'), {
      fromMs: endMs - wantedDays * dayMs,
      untilMs: endMs - filledDays * dayMs,
    });
    fillS += (performance.now() - startMs) / 1_000;
    filledDays = wantedDays;
    context.report('  aggregating them');
    await owner.query("SELECT mark_rollups('energy', '-infinity', 'infinity')");
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

const power = 'power_kw_sum, power_kw_n, power_kw_min, power_kw_max';
const energy =
  'total_energy_kwh_first, total_energy_kwh_last, total_energy_kwh_min, total_energy_kwh_max, readings';

interface Query {
  readonly name: string;
  readonly text: string;
  readonly goalMs: number;
  /** What follows the device: bounds of time, in days before the end. */
  readonly daysBack?: number;
}

const queries: readonly Query[] = [
  {
    name: '30 days of hours',
    text: `SELECT bucket, ${power}, ${energy} FROM ${hourly} WHERE device_id = $1 AND bucket >= $2 AND bucket < $3 ORDER BY bucket`,
    daysBack: 30,
    goalMs: 20,
  },
  {
    name: 'latest reading',
    text: `SELECT * FROM ${hypertables.energy} WHERE device_id = $1 ORDER BY time DESC LIMIT 1`,
    goalMs: 5,
  },
  {
    name: 'a day of readings as 500 points',
    text: `SELECT time_bucket(INTERVAL '172.8 seconds', time) AS point, avg(power_kw), min(power_kw), max(power_kw)
      FROM ${hypertables.energy} WHERE device_id = $1 AND time >= $2 AND time < $3 GROUP BY point ORDER BY point`,
    daysBack: 1,
    goalMs: 60,
  },
  {
    name: 'a year of days',
    text: `SELECT bucket, ${power}, ${energy} FROM ${daily} WHERE device_id = $1 AND bucket >= $2 AND bucket < $3 ORDER BY bucket`,
    daysBack: 365,
    goalMs: 20,
  },
];

async function measureQueries(
  { rounds, report }: BenchContext,
  reader: pg.Client,
  endMs: number,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const query of queries) {
    report(`  reading: ${query.name}`);
    const medians: number[] = [];
    const slow: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const times = await measureQuery(reader, query, endMs);
      medians.push(percentile(times, 0.5));
      slow.push(percentile(times, 0.95));
    }
    const goal: Goal = { atMost: query.goalMs };
    figures.push(
      { name: query.name, unit: 'ms', rounds: medians },
      { name: `${query.name}, p95`, unit: 'ms', rounds: slow, goal },
    );
  }
  return figures;
}

async function measureQuery(
  reader: pg.Client,
  { name, text, daysBack }: Query,
  endMs: number,
): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < queriesPerRound; index += 1) {
    const device = storeDevices[index % storeDevices.length];
    const bounds =
      daysBack === undefined
        ? []
        : [new Date(endMs - daysBack * dayMs), new Date(endMs)];
    const startMs = performance.now();
    const { rowCount } = await reader.query({
      ...{ name, text, values: [device, ...bounds] },
    });
    times.push(performance.now() - startMs);
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
