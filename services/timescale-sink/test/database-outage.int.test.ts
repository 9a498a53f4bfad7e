import { createTestDatabase, eventually } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import type { Client } from 'pg';
import type { SinkFixture, SinkMember } from './sink-fixture.ts';
import { createSinkFixture, patience, readingRecords } from './sink-fixture.ts';

const t = { onTestFinished };

/** Connected to another database of the server, so that it survives what happens to the sink's. */
async function connectBeside(): Promise<Client> {
  const beside = await createTestDatabase(t, { migrated: false });
  return beside.connect('postgres');
}

async function cutConnections(
  superuser: Client,
  { database }: SinkFixture,
): Promise<number> {
  const cut = await superuser.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = $1 AND application_name = 'timescale-sink'`,
    [database.name],
  );
  return cut.rowCount ?? 0;
}

const deadLettered = (member: SinkMember) =>
  member.metric(
    'homelab_sink_dead_lettered_total{stream="energy",reason="database_rejected"}',
  );

test('connections cut repeatedly while writing lose and duplicate nothing', async () => {
  const fixture = await createSinkFixture(t);
  const { producer, routes, createMember, countRows, hasCommittedAll } =
    fixture;
  const superuser = await connectBeside();
  const member = createMember({ maxRows: 50 });
  await member.app.start();
  let sent = 0;
  let cuts = 0;
  await eventually(
    async () => {
      // Each portion has its own minute, so that every record is a new reading.
      const endMs = Date.now() - sent * 60_000;
      await producer.send(
        readingRecords(routes.energy, 300, { devices: 12, endMs }),
      );
      sent += 300;
      cuts += await cutConnections(superuser, fixture);
      const retries =
        'homelab_sink_retries_total{stream="energy",reason="outage"}';
      expect(await member.metric(retries)).toBeGreaterThan(5);
    },
    { ...patience, intervalMs: 10 },
  );
  expect(cuts).toBeGreaterThan(5);
  await eventually(async () => {
    expect(await countRows('energy')).toBe(sent);
    expect(await hasCommittedAll('energy')).toBe(true);
  }, patience);
  expect(await deadLettered(member)).toBe(0);
});

test('while the database is down nothing is dropped, readiness says so, and everything is stored later', async () => {
  const fixture = await createSinkFixture(t);
  const {
    producer,
    routes,
    database,
    owner,
    createMember,
    countRows,
    hasCommittedAll,
  } = fixture;
  const superuser = await connectBeside();
  const member = createMember();
  await member.app.start();
  const allow = (allowed: boolean) =>
    superuser.query(
      `ALTER DATABASE "${database.name}" ALLOW_CONNECTIONS ${allowed}`,
    );
  await allow(false);
  await producer.send(readingRecords(routes.energy, 400));
  await eventually(async () => {
    // Repeatedly: one cut would miss a connection that is just being opened.
    await cutConnections(superuser, fixture);
    expect(member.app.readiness?.().timescale).toMatchObject({ ok: false });
    const retries =
      'homelab_sink_retries_total{stream="energy",reason="outage"}';
    expect(await member.metric(retries)).toBeGreaterThan(3);
    expect(
      await member.metric('homelab_sink_pending_rows{stream="energy"}'),
    ).toBe(400);
  }, patience);
  expect(await countRows('energy')).toBe(0);
  expect(await hasCommittedAll('energy')).toBe(false);
  await allow(true);
  await eventually(async () => {
    expect(await countRows('energy')).toBe(400);
    expect(await hasCommittedAll('energy')).toBe(true);
    expect(member.app.readiness?.()).toEqual({
      kafka: { ok: true },
      timescale: { ok: true },
    });
  }, patience);
  expect(await deadLettered(member)).toBe(0);
  expect(
    (await owner.query('SELECT DISTINCT device_id FROM energy_readings'))
      .rowCount,
  ).toBe(5);
});

test('the sink waits for a dropped table and dead-letters no reading meanwhile', async () => {
  const fixture = await createSinkFixture(t);
  const { producer, routes, owner, createMember, countRows } = fixture;
  const member = createMember();
  await member.app.start();
  await owner.query('ALTER TABLE energy_readings RENAME TO elsewhere');
  await producer.send(readingRecords(routes.energy, 30));
  await eventually(
    () =>
      expect(member.app.readiness?.().timescale).toEqual({
        ok: false,
        detail: expect.stringContaining('run the migrations'),
      }),
    patience,
  );
  await owner.query('ALTER TABLE elsewhere RENAME TO energy_readings');
  await eventually(
    async () => expect(await countRows('energy')).toBe(30),
    patience,
  );
  expect(await deadLettered(member)).toBe(0);
});
