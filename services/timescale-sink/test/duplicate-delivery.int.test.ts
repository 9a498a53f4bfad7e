import { eventually } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import {
  createSinkFixture,
  patience,
  readingRecord,
  readingRecords,
} from './sink-fixture.ts';

test('records delivered again are stored once and counted', async () => {
  const { producer, routes, createMember, countRows, hasCommittedAll } =
    await createSinkFixture({ onTestFinished });
  const { app, metric } = createMember();
  await app.start();
  const records = readingRecords(routes.energy, 1_000);
  await producer.send(records);
  await eventually(
    async () => expect(await countRows('energy')).toBe(1_000),
    patience,
  );
  await producer.send(records.toReversed());
  await eventually(
    async () =>
      expect(
        await metric('homelab_sink_duplicates_total{stream="energy"}'),
      ).toBe(1_000),
    patience,
  );
  expect(await countRows('energy')).toBe(1_000);
  expect(await metric('homelab_sink_written_total{stream="energy"}')).toBe(
    1_000,
  );
  expect(await metric('homelab_sink_merged_total{stream="energy"}')).toBe(0);
  await eventually(
    async () => expect(await hasCommittedAll('energy')).toBe(true),
    patience,
  );
});

test('only the new records of a batch are added, batch after batch', async () => {
  const { producer, routes, createMember, countRows } = await createSinkFixture(
    { onTestFinished },
    { partitions: 1 },
  );
  const { app, metric } = createMember();
  await app.start();
  const counted = (name: string) =>
    metric(`homelab_sink_${name}_total{stream="energy"}`);
  const records = readingRecords(routes.energy, 800);
  const done = async () =>
    (await counted('written')) + (await counted('duplicates'));
  async function sendRange(from: number, until: number): Promise<void> {
    const all = (await done()) + until - from;
    await producer.send(records.slice(from, until));
    await eventually(async () => expect(await done()).toBe(all), patience);
    expect(await countRows('energy')).toBe(until);
  }
  // All new, some known, all new again: copied, merged, copied.
  await sendRange(0, 200);
  await sendRange(100, 400);
  await sendRange(400, 500);
  await sendRange(500, 600);
  await sendRange(0, 800);
  expect(await counted('written')).toBe(800);
});

test('a group read again from the start changes nothing', async () => {
  const fixture = await createSinkFixture({ onTestFinished });
  const { producer, routes, createMember, countRows, owner } = fixture;
  await producer.send(readingRecords(routes.energy, 500));
  const first = createMember();
  await first.app.start();
  await eventually(
    async () => expect(await countRows('energy')).toBe(500),
    patience,
  );
  await first.app.stop();
  const before = await owner.query(
    'SELECT * FROM energy_readings ORDER BY device_id, time',
  );

  const again = { ...routes.energy, group: `${routes.energy.group}-again` };
  Object.assign(routes, { energy: again });
  const second = createMember();
  await second.app.start();
  await eventually(
    async () =>
      expect(
        await second.metric('homelab_sink_duplicates_total{stream="energy"}'),
      ).toBe(500),
    patience,
  );
  const after = await owner.query(
    'SELECT * FROM energy_readings ORDER BY device_id, time',
  );
  expect(after.rows).toEqual(before.rows);
});

/** Three messages of a sensor within one second (Koenkk/zigbee2mqtt 20481). */
const sameSecond = [
  { temperature: 19.34, humidity: 61.85, battery: 97, link_quality: 204 },
  { temperature: 19.34, humidity: 62.02, battery: 97, link_quality: 204 },
  { temperature: 19.34, battery: 97, link_quality: 204, humidity: null },
];

test.each([['in one batch'], ['one after the other']])(
  'a later record of the same device and time completes and corrects the earlier: %s',
  async way => {
    const { producer, routes, owner, createMember, hasCommittedAll } =
      await createSinkFixture({ onTestFinished });
    const { app, metric } = createMember();
    const at = new Date('2026-11-29T12:29:26Z');
    const records = sameSecond.map(fields =>
      readingRecord(routes.temperature, 'lyne', at, fields),
    );
    const committed = () =>
      eventually(
        async () => expect(await hasCommittedAll('temperature')).toBe(true),
        patience,
      );
    if (way === 'in one batch') {
      await producer.send(records);
      await app.start();
      await committed();
    } else {
      await app.start();
      for (const record of records) {
        await producer.send([record]);
        await committed();
      }
    }
    const stored = async () =>
      (
        await owner.query(
          'SELECT temperature, humidity, battery, link_quality FROM temperature_readings',
        )
      ).rows;
    const right = [
      { temperature: 19.34, humidity: 62.02, battery: 97, link_quality: 204 },
    ];
    expect(await stored()).toEqual(right);
    const counted = (name: string) =>
      metric(`homelab_sink_${name}_total{stream="temperature"}`);
    expect(await counted('written')).toBe(1);
    expect((await counted('merged')) + (await counted('duplicates'))).toBe(2);
  },
);
