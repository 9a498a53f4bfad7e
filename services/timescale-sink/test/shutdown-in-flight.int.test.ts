import { eventually } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import { createSinkFixture, patience, readingRecords } from './sink-fixture.ts';

const t = { onTestFinished };

test('a running write is committed in table and group when the sink stops', async () => {
  const { producer, routes, owner, createMember, countRows, hasCommittedAll } =
    await createSinkFixture(t, { partitions: 1 });
  const member = createMember();
  await member.app.start();
  // The writer waits for this lock, so that the sink stops in the middle of a write.
  await owner.query('BEGIN');
  await owner.query('LOCK TABLE energy_readings IN SHARE ROW EXCLUSIVE MODE');
  await producer.send(readingRecords(routes.energy, 200));
  await eventually(
    async () =>
      expect(
        await member.metric('homelab_sink_pending_rows{stream="energy"}'),
      ).toBe(200),
    patience,
  );
  const stopped = member.app.stop();
  await owner.query('COMMIT');
  await stopped;
  expect(await countRows('energy')).toBe(200);
  expect(await hasCommittedAll('energy')).toBe(true);
});

test('a sink that stops while the database is down ends soon and loses nothing', async () => {
  const { producer, routes, owner, createMember, countRows, hasCommittedAll } =
    await createSinkFixture(t);
  const member = createMember();
  await member.app.start();
  await owner.query('ALTER TABLE energy_readings RENAME TO elsewhere');
  await producer.send(readingRecords(routes.energy, 300));
  await eventually(async () => {
    const retries =
      'homelab_sink_retries_total{stream="energy",reason="schema"}';
    expect(await member.metric(retries)).toBeGreaterThan(0);
  }, patience);
  const before = Date.now();
  await member.app.stop();
  expect(Date.now() - before).toBeLessThan(5_000);
  expect(await hasCommittedAll('energy')).toBe(false);
  await owner.query('ALTER TABLE elsewhere RENAME TO energy_readings');
  await createMember().app.start();
  await eventually(async () => {
    expect(await countRows('energy')).toBe(300);
    expect(await hasCommittedAll('energy')).toBe(true);
  }, patience);
});

test('two members share the partitions, and the remaining one takes over', async () => {
  const { producer, routes, owner, createMember, hasCommittedAll } =
    await createSinkFixture(t);
  const [first, second] = [createMember(), createMember()];
  await first.app.start();
  await second.app.start();
  const consumed = 'homelab_sink_consumed_total{stream="energy"}';
  await eventually(
    async () => {
      await producer.send(readingRecords(routes.energy, 60, { devices: 30 }));
      expect(await first.metric(consumed)).toBeGreaterThan(0);
      expect(await second.metric(consumed)).toBeGreaterThan(0);
    },
    { ...patience, intervalMs: 200 },
  );
  await first.app.stop();
  const hourAheadMs = Date.now() + 3_600_000;
  await producer.send(
    readingRecords(routes.energy, 300, { devices: 30, endMs: hourAheadMs }),
  );
  const ahead =
    "SELECT 1 FROM energy_readings WHERE time > now() + interval '30 minutes'";
  await eventually(async () => {
    expect((await owner.query(ahead)).rowCount).toBe(300);
    expect(await hasCommittedAll('energy')).toBe(true);
  }, patience);
});

test('a sink stopped before the database was ever up stops cleanly', async () => {
  const { createMember } = await createSinkFixture(t, { migrated: false });
  const { app } = createMember();
  const refused = expect(app.start()).rejects.toThrow(
    'stopped before the database',
  );
  await eventually(
    () =>
      expect(app.readiness?.().timescale?.detail).toContain(
        'run the migrations',
      ),
    patience,
  );
  await app.stop();
  await refused;
  await app.stop();
});
