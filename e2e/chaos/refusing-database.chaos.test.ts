import { eventually } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import { chaosSeed } from './support/chaos-random.ts';
import { clean } from './support/ledger.ts';
import { sinkSums } from './support/metric-sums.ts';
import { createPipeline } from './support/pipeline.ts';
import { withDatabase } from './support/stored-rows.ts';

const ratePerSecond = 600;
const seed = chaosSeed();
const t = { onTestFinished };

test(`rows that the database refuses are dead-lettered, the others stored (seed ${seed})`, async () => {
  const pipeline = await createPipeline(t, 'refused rows');
  const { publisher, random, devices } = pipeline;
  const meters = devices.filter(({ stream }) => stream === 'energy');
  await withDatabase(pipeline.database, 'homelab_owner', async owner => {
    // SQLSTATE 23514, and 22003 for a number with three digits.
    await owner.query('ALTER TABLE energy_readings ADD CHECK (power_kw < 50)');
    await owner.query(
      'ALTER TABLE energy_readings ADD CHECK (voltage::numeric(2, 0) > 0)',
    );
  });
  const [sink] = await Promise.all([
    pipeline.startSink(),
    pipeline.startBridge(),
  ]);
  const refusedFields = [{ power_kw: 77 }, { voltage: 231 }];
  publisher.stream(() => {
    if (random.next() > 0.02) return pipeline.nextReading();
    return pipeline.nextReading({
      device: random.pick(meters),
      extra: random.pick(refusedFields),
      fate: 'dead-lettered',
    });
  }, ratePerSecond);
  await publisher.untilAcknowledged(3_000);
  await pipeline.drain();
  expect(await pipeline.verdict()).toEqual(clean);
  const refused = publisher.entries.filter(
    ({ fate }) => fate === 'dead-lettered',
  );
  expect(refused.length).toBeGreaterThan(20);
  expect(await sinkSums(sink)).toMatchObject({
    written: publisher.entries.length - refused.length,
    deadLettered: refused.length,
  });
  await pipeline.stop();
});

/** How the database is made to refuse everything, and to accept again. */
interface Refusal {
  readonly reason: 'schema' | 'outage' | 'statement';
  readonly refuse: readonly string[];
  readonly allow: string;
}

/** Refuses every row of the energy table with this SQLSTATE. */
function refuseWith(state: string, reason: Refusal['reason']): Refusal {
  return {
    reason,
    refuse: [
      `CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'refused by the test' USING ERRCODE = '${state}'; END $$`,
      `CREATE TRIGGER refuse BEFORE INSERT ON energy_readings
       FOR EACH ROW EXECUTE FUNCTION refuse()`,
    ],
    allow: 'DROP TRIGGER refuse ON energy_readings',
  };
}

const refusals: readonly Refusal[] = [
  // 42501, no right to it.
  {
    reason: 'schema',
    refuse: ['REVOKE INSERT ON energy_readings FROM homelab_sink'],
    allow: 'GRANT INSERT ON energy_readings TO homelab_sink',
  },
  // 42P01, no such table.
  {
    reason: 'schema',
    refuse: ['ALTER TABLE heatpump_status RENAME TO elsewhere'],
    allow: 'ALTER TABLE elsewhere RENAME TO heatpump_status',
  },
  // 57P01, ended by an administrator, then 53300, no connection left.
  {
    reason: 'outage',
    refuse: [
      'ALTER ROLE homelab_sink CONNECTION LIMIT 0',
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND usename = 'homelab_sink'`,
    ],
    allow: 'ALTER ROLE homelab_sink CONNECTION LIMIT -1',
  },
  // The disk is full; a statement takes too long.
  refuseWith('53100', 'outage'),
  refuseWith('57014', 'statement'),
];

test(`while the database refuses everything the sink waits and dead-letters nothing (seed ${seed})`, async () => {
  const pipeline = await createPipeline(t, 'refusing database');
  const { publisher, random, database } = pipeline;
  const [sink] = await Promise.all([
    pipeline.startSink(),
    pipeline.startBridge(),
  ]);
  publisher.stream(pipeline.nextReading, ratePerSecond);
  await withDatabase(database, 'postgres', async superuser => {
    for (const { reason, refuse, allow } of refusals) {
      await publisher.untilAcknowledged(random.integer(100, 600));
      const retries = () =>
        sink.metric('homelab_sink_retries_total', { reason });
      const before = await retries();
      for (const statement of refuse) await superuser.query(statement);
      await eventually(
        async () => expect(await retries()).toBeGreaterThan(before),
        { timeoutMs: 20_000 },
      );
      await publisher.untilAcknowledged(random.integer(100, 600));
      await superuser.query(allow);
    }
  });
  await pipeline.drain();
  expect(await pipeline.verdict()).toEqual(clean);
  expect(await sinkSums(sink)).toMatchObject({ deadLettered: 0 });
  await pipeline.stop();
});
