import { eventually, readTopic } from '@homelab/test-kit';
import { deadLetterHeaders } from '@homelab/telemetry';
import { expect, onTestFinished, test } from 'vitest';
import {
  createSinkFixture,
  patience,
  readingRecord,
  readingRecords,
} from './sink-fixture.ts';

const t = { onTestFinished };

test('unreadable records go to the dead-letter topic with their bytes', async () => {
  const { producer, routes, createMember, countRows, hasCommittedAll } =
    await createSinkFixture(t);
  const { app, metric } = createMember();
  await app.start();
  const garbage = [
    Buffer.from([0xff, 0x00, 0x7b]),
    Buffer.from('{"device_id":"meter"}'),
    null,
  ];
  const good = readingRecords(routes.energy, 90);
  const { topic, group } = routes.energy;
  await producer.send([
    ...good.slice(0, 45),
    ...garbage.map(value => ({
      topic,
      key: 'broken',
      value,
      headers: { 'mqtt-topic': 'a/b' },
    })),
    ...good.slice(45),
  ]);
  await eventually(
    async () => expect(await countRows('energy')).toBe(90),
    patience,
  );
  const letters = await readTopic(t, {
    topic: routes.energy.deadLetterTopic,
    until: records => records.length >= 3,
  });
  expect(letters.map(({ value }) => value)).toEqual(garbage);
  const texts = letters.map(({ headers }) =>
    Object.fromEntries(
      Object.entries(headers).map(([name, bytes]) => [name, String(bytes)]),
    ),
  );
  expect(texts.map(headers => headers[deadLetterHeaders.code])).toEqual([
    'payload_not_json',
    'timestamp_missing',
    'payload_empty',
  ]);
  expect(texts[0]).toMatchObject({
    'mqtt-topic': 'a/b',
    [deadLetterHeaders.stage]: 'sink',
    [deadLetterHeaders.originTopic]: topic,
    [deadLetterHeaders.originGroup]: group,
    [deadLetterHeaders.attempts]: '1',
  });
  expect(letters.map(({ key }) => String(key))).toEqual([
    'broken',
    'broken',
    'broken',
  ]);
  await eventually(
    async () => expect(await hasCommittedAll('energy')).toBe(true),
    patience,
  );
  expect(
    await metric(
      'homelab_sink_dead_lettered_total{stream="energy",reason="payload_empty"}',
    ),
  ).toBe(1);
});

test.each([-1, -9_000_000_000_000_000])(
  'a record with the Kafka timestamp %d is dead-lettered like any other',
  async timestampMs => {
    const { producer, routes, createMember, hasCommittedAll } =
      await createSinkFixture(t);
    await createMember().app.start();
    const { topic, deadLetterTopic } = routes.energy;
    await producer.send([{ topic, key: 'a', value: '{', timestampMs }]);
    const [letter] = await readTopic(t, {
      topic: deadLetterTopic,
      until: records => records.length >= 1,
    });
    expect(letter?.value).toEqual(Buffer.from('{'));
    await eventually(
      async () => expect(await hasCommittedAll('energy')).toBe(true),
      patience,
    );
  },
);

test('a batch that exceeds a limit of the database is halved until it fits', async () => {
  const { producer, routes, owner, createMember, countRows, hasCommittedAll } =
    await createSinkFixture(t, { partitions: 1 });
  // Simulates limits such as that on tuples decompressed by one transaction.
  await owner.query(`
    CREATE FUNCTION at_most_fifty() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE rows int := coalesce(nullif(current_setting('test.rows', true), ''), '0')::int + 1;
    BEGIN
      PERFORM set_config('test.rows', rows::text, true);
      IF rows > 50 THEN RAISE EXCEPTION 'limit exceeded' USING ERRCODE = '53400'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER at_most_fifty BEFORE INSERT ON energy_readings
      FOR EACH ROW EXECUTE FUNCTION at_most_fifty();
    GRANT EXECUTE ON FUNCTION at_most_fifty() TO homelab_sink`);
  await producer.send(readingRecords(routes.energy, 600));
  const { app, metric } = createMember();
  await app.start();
  await eventually(
    async () => expect(await countRows('energy')).toBe(600),
    patience,
  );
  await eventually(
    async () => expect(await hasCommittedAll('energy')).toBe(true),
    patience,
  );
  expect(
    await metric(
      'homelab_sink_dead_lettered_total{stream="energy",reason="database_rejected"}',
    ),
  ).toBe(0);
});

test('a row that the database refuses costs no other row of its batch', async () => {
  const { producer, routes, owner, createMember, countRows, hasCommittedAll } =
    await createSinkFixture(t, { partitions: 1 });
  // Class 23 by one check; class 22 by another, which divides by zero for one device.
  await owner.query(`ALTER TABLE energy_readings ADD CHECK (voltage < 250),
    ADD CHECK (100 / (CASE device_id WHEN 'device-3' THEN rssi::int + 7 ELSE 1 END) <> 101)`);
  const at = new Date('2026-01-01T00:00:00Z');
  const tooHigh = readingRecord(routes.energy, 'device-2', at, {
    voltage: 260,
  });
  const divisor = readingRecord(routes.energy, 'device-3', at, { rssi: -7 });
  const good = readingRecords(routes.energy, 600);
  await producer.send([
    divisor,
    ...good.slice(0, 300),
    tooHigh,
    ...good.slice(300),
  ]);
  const { app } = createMember();
  await app.start();
  const letters = await readTopic(t, {
    topic: routes.energy.deadLetterTopic,
    until: records => records.length >= 2,
  });
  expect(letters.map(({ value }) => String(value)).sort()).toEqual(
    [String(divisor.value), String(tooHigh.value)].sort(),
  );
  for (const { headers } of letters) {
    expect(String(headers[deadLetterHeaders.code])).toBe('database_rejected');
    expect(String(headers[deadLetterHeaders.message])).toMatch(
      /SQLSTATE 2[23]/,
    );
    expect(Number(headers[deadLetterHeaders.attempts])).toBeGreaterThan(1);
  }
  expect(await countRows('energy')).toBe(600);
  await eventually(
    async () => expect(await hasCommittedAll('energy')).toBe(true),
    patience,
  );
});

test.each(['numeric(4,0)', 'smallint'])(
  'a column changed to %s stores what fits, and only the rest is dead-lettered',
  async type => {
    const { producer, routes, owner, createMember, countRows } =
      await createSinkFixture(t, { partitions: 1 });
    await owner.query(
      `ALTER TABLE energy_readings ALTER COLUMN total_energy_kwh TYPE ${type}`,
    );
    const at = new Date('2026-01-01T00:00:00Z');
    const recordOf = (device: string, total_energy_kwh: number) =>
      readingRecord(routes.energy, device, at, { total_energy_kwh });
    await producer.send([
      ...Array.from({ length: 20 }, (_, index) =>
        recordOf(`device-${index}`, 99.6 + index),
      ),
      recordOf('too much', 40_000),
      ...readingRecords(routes.energy, 30),
    ]);
    const { app } = createMember();
    await app.start();
    const letters = await readTopic(t, {
      topic: routes.energy.deadLetterTopic,
      until: records => records.length >= 1,
    });
    expect(letters.map(({ key }) => String(key))).toEqual(['too much']);
    await eventually(
      async () => expect(await countRows('energy')).toBe(50),
      patience,
    );
  },
);
