import { createTestDatabase } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import { migrate, rollups } from '../src/index.ts';
import {
  autumn,
  expectRollups,
  readRows,
  rollupStreams,
  siteZone,
  spring,
  writeRandomReadings,
  writeReadings,
} from './rollup-fixture.ts';
import type { RollupDatabase } from './rollup-fixture.ts';
import type { TestReading } from './rollup-reference.ts';

const hourMs = 3_600_000;

async function createRollups(timeZone = siteZone) {
  const database = await createTestDatabase(
    { onTestFinished },
    { migrated: false },
  );
  const move = (siteTimeZone?: string) =>
    migrate({ connection: database.connection('homelab_owner'), siteTimeZone });
  await move(timeZone);
  const connect = async (): Promise<RollupDatabase> => {
    const owner = await database.connect('homelab_owner');
    return {
      marks: true,
      query: (text, values) => owner.query(text, values),
      refresh: async () => void (await owner.query('CALL refresh_rollups()')),
    };
  };
  return { ...database, move, connectOwner: connect, owner: await connect() };
}

test.each(rollupStreams)(
  'views of %s are exact before and after a refresh, through both DST nights',
  async stream => {
    const { owner, connect } = await createRollups();
    const readings = await writeRandomReadings(owner, stream, 20260329);
    const reader = await connect('homelab_reader');
    await expectRollups(reader, stream, readings);
    await owner.refresh();
    expect((await owner.query('SELECT FROM rollup_changes')).rowCount).toBe(0);
    await expectRollups(reader, stream, readings);
  },
);

test('a refresh leaves the marks of a transaction that still runs', async () => {
  const { owner, connectOwner, connect } = await createRollups();
  const sink = await connect('homelab_sink');
  const [early, late] = [reading(spring, 1), reading(spring + 1, 2)];
  await writeReadings(owner, 'energy', [early]);
  await sink.query('BEGIN');
  await sink.query(
    `INSERT INTO energy_readings (device_id, time, power_kw) VALUES ('one', $1, 2)`,
    [new Date(late.timeMs)],
  );
  await sink.query(`INSERT INTO rollup_changes VALUES ('energy', 'one', $1)`, [
    new Date(spring),
  ]);
  await owner.refresh();
  await sink.query('COMMIT');
  const read = await connectOwner();
  await expectRollups(read, 'energy', [early, late]);
  await owner.refresh();
  await expectRollups(read, 'energy', [early, late]);
});

test('two refreshes at once and writers between them lose nothing', async () => {
  const { connectOwner, owner } = await createRollups();
  const others = await Promise.all([connectOwner(), connectOwner()]);
  const all: TestReading[] = [];
  const refreshing = others.map(async other => {
    for (let round = 0; round < 12; round += 1) await other.refresh();
  });
  for (let round = 0; round < 60; round += 1) {
    const readings = [
      reading(spring + round * 7 * 60_000, round),
      reading(spring + (59 - round) * 60_000 + 1, round),
    ];
    await writeReadings(owner, 'energy', readings);
    all.push(...readings);
  }
  await Promise.all(refreshing);
  await expectRollups(owner, 'energy', all);
  await owner.refresh();
  await expectRollups(owner, 'energy', all);
});

test('readings go after 90 days, rollups stay, and no refresh erases them', async () => {
  const { owner } = await createRollups();
  const readings = await writeRandomReadings(owner, 'heatpump', 7);
  await owner.query('CALL apply_retention($1)', [new Date(autumn)]);
  const left = await owner.query<{ oldest: Date }>(
    'SELECT min(time) AS oldest FROM heatpump_status',
  );
  expect(left.rows[0]?.oldest.getTime()).toBeGreaterThanOrEqual(autumn);
  await expectRollups(owner, 'heatpump', readings);
  // A reading that comes too late changes nothing, and is counted.
  await owner.query(
    `INSERT INTO heatpump_status (device_id, time, supply_temp) VALUES ('one', $1, 99)`,
    [new Date(spring)],
  );
  await owner.query(
    `INSERT INTO rollup_changes VALUES ('heatpump', 'one', $1)`,
    [new Date(spring)],
  );
  await expectRollups(owner, 'heatpump', readings);
  await owner.refresh();
  await owner.query("SELECT mark_rollups('heatpump', '-infinity', 'infinity')");
  await owner.refresh();
  await expectRollups(owner, 'heatpump', readings);
  await owner.query('CALL apply_retention($1)', [new Date(autumn)]);
  const progress = await owner.query<{ too_late: string }>(
    'SELECT too_late FROM rollup_progress',
  );
  expect(Number(progress.rows[0]?.too_late)).toBeGreaterThan(0);
});

test('rollups go after two years', async () => {
  const { owner } = await createRollups();
  await writeRandomReadings(owner, 'temperature', 8);
  const until = autumn - 5 * 24 * hourMs + 730 * 24 * hourMs;
  await owner.query('CALL apply_retention($1)', [new Date(until)]);
  for (const view of [rollups.temperature.hourly, rollups.temperature.daily]) {
    const rows = await readRows(owner, view);
    expect(rows.length).toBeGreaterThan(0);
    expect(
      rows.every(({ bucket }) => Number(bucket) >= autumn - 24 * hourMs),
    ).toBe(true);
  }
});

test('another time zone makes the days anew, also where readings are gone', async () => {
  const { owner, move } = await createRollups();
  const readings = await writeRandomReadings(owner, 'energy', 9);
  await owner.query('CALL apply_retention($1)', [new Date(autumn)]);
  await move('America/New_York');
  await expectRollups(owner, 'energy', readings, 'America/New_York');
  // Who names no zone keeps it.
  await move();
  await expectRollups(owner, 'energy', readings, 'America/New_York');
  await expect(move('Asia/Kolkata')).rejects.toMatchObject({
    code: 'time_zone_unusable',
    message: expect.stringContaining('SITE_TIME_ZONE'),
  });
});

test('in a zone of +05:30 hours begin at half past', async () => {
  const { owner } = await createRollups('Asia/Kolkata');
  const at = Date.parse('2026-03-28T18:45Z');
  await owner.query(
    `INSERT INTO energy_readings (device_id, time, power_kw) VALUES ('one', $1, 2)`,
    [new Date(at)],
  );
  await owner.query("SELECT mark_rollups('energy', '-infinity', 'infinity')");
  for (const view of ['energy_hourly', 'energy_daily']) {
    const [row] = await readRows(owner, view);
    expect(row?.bucket).toBe(Date.parse('2026-03-28T18:30Z'));
  }
});

test('a month of hours and a year of days are read by index', async () => {
  const { owner } = await createRollups();
  await writeRandomReadings(owner, 'energy', 10);
  await owner.refresh();
  await owner.query('ANALYZE; SET enable_seqscan = off');
  for (const view of ['energy_hourly', 'energy_daily']) {
    const plan = await owner.query(
      `EXPLAIN SELECT * FROM ${view} WHERE device_id = 'one' AND bucket >= '2026-03-01' AND bucket < '2026-04-01'`,
    );
    expect(JSON.stringify(plan.rows)).toMatch(
      new RegExp(
        `${view}_stored_pkey.*Index Cond: [^"]*device_id = 'one'[^"]*bucket >=`,
      ),
    );
  }
});

function reading(timeMs: number, powerKw: number): TestReading {
  return { device_id: 'one', timeMs, power_kw: powerKw };
}
