import { goldenMessages } from '@homelab/mqtt-kafka-bridge/golden-messages';
import { streams } from '@homelab/telemetry';
import { eventually } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '@homelab/timescale-schema';
import { createSinkFixture, patience, readingRecord } from './sink-fixture.ts';

const measuredAt = new Date('2026-01-01T00:00:00.123Z');

test('each stream goes to its hypertable with all its values', async () => {
  const { producer, routes, owner, createMember, hasCommittedAll } =
    await createSinkFixture({
      onTestFinished,
    });
  const { app, metric } = createMember();
  await app.start();
  const values = {
    energy: {
      power_kw: 1.25,
      total_energy_kwh: 12345.678,
      estimated: ['power_kw', 'a "b", {c}\\'],
    },
    heatpump: {
      mode: 'heating',
      compressor_running: true,
      defrost_active: false,
      supply_temp: 35.5,
      alarm_codes: [],
    },
    temperature: {
      temperature: -4.5,
      room: 'Kök "norr", {1}\\',
      humidity: null,
    },
  };
  await producer.send(
    streams.map(stream =>
      readingRecord(routes[stream], 'one', measuredAt, values[stream]),
    ),
  );
  for (const stream of streams) {
    const { table } = routes[stream];
    const stored = await eventually(async () => {
      const answer = await owner.query(`SELECT * FROM ${table.name}`);
      expect(answer.rows).toHaveLength(1);
      return answer.rows[0];
    }, patience);
    expect(stored).toMatchObject({
      ...values[stream],
      time: measuredAt,
      device_id: 'one',
      received_at: new Date('2026-01-01T00:00:00.273Z'),
      source: null,
    });
    await eventually(
      async () => expect(await hasCommittedAll(stream)).toBe(true),
      patience,
    );
    expect(await metric(`homelab_sink_written_total{stream="${stream}"}`)).toBe(
      1,
    );
    expect(
      await metric(
        `homelab_sink_watermark_timestamp_seconds{stream="${stream}"}`,
      ),
    ).toBe(measuredAt.getTime() / 1_000);
  }
});

test('records and redriven letters with the former name of device_id are stored', async () => {
  const { producer, routes, owner, createMember } = await createSinkFixture({
    onTestFinished,
  });
  await createMember().app.start();
  const record = readingRecord(routes.temperature, 'hall', measuredAt);
  const reading = { timestamp: measuredAt, sensor_id: 'hall', humidity: 44 };
  const value = JSON.stringify(reading);
  await producer.send([{ ...record, value }]);
  await eventually(async () => {
    const answer = await owner.query(
      'SELECT device_id, time, humidity FROM temperature_readings',
    );
    expect(answer.rows).toEqual([
      { device_id: 'hall', time: measuredAt, humidity: 44 },
    ]);
  }, patience);
});

test('a restarted sink reads its watermark from the database and is ready', async () => {
  const { owner, createMember } = await createSinkFixture({ onTestFinished });
  await owner.query(`INSERT INTO heatpump_status (device_id, time) VALUES
    ('a', '2026-01-05T00:00:00Z'), ('b', '2026-01-07T00:00:00Z'), ('c', '2026-01-06T00:00:00Z'),
    ('d', now() + interval '1 year')`);
  const { app, metric } = createMember();
  await app.start();
  expect(
    await metric('homelab_sink_watermark_timestamp_seconds{stream="heatpump"}'),
  ).toBe(Date.parse('2026-01-07T00:00:00Z') / 1_000);
  expect(
    await metric('homelab_sink_watermark_timestamp_seconds{stream="energy"}'),
  ).toBe(0);
  await eventually(
    () =>
      expect(app.readiness?.()).toEqual({
        kafka: { ok: true },
        timescale: { ok: true },
      }),
    patience,
  );
});

test('without the schema the sink waits, says so, and continues once it exists', async () => {
  const fixture = await createSinkFixture(
    { onTestFinished },
    { migrated: false },
  );
  const { app } = fixture.createMember();
  const started = app.start();
  await eventually(
    () =>
      expect(app.readiness?.().timescale).toEqual({
        ok: false,
        detail: 'the schema is missing: run the migrations',
      }),
    patience,
  );
  await migrate({ connection: fixture.database.connection('homelab_owner') });
  await started;
  expect(app.readiness?.().timescale).toEqual({ ok: true });
});

test('every reading of the golden messages is read back from the table unchanged', async () => {
  const { producer, routes, owner, createMember } = await createSinkFixture({
    onTestFinished,
  });
  const golden = new Map(
    goldenMessages
      .flatMap(({ expected }) =>
        expected.kind === 'readings' ? expected.readings : [],
      )
      .map(({ stream, reading }) => {
        const { device_id: deviceId, timestamp: at } = reading;
        return [
          `${stream} ${deviceId} ${at}`,
          { stream, reading, deviceId, at },
        ];
      }),
  );
  expect(golden.size).toBeGreaterThan(10);
  await createMember().app.start();
  await producer.send(
    [...golden.values()].map(({ stream, reading, deviceId, at }) =>
      readingRecord(routes[stream], deviceId, new Date(at), reading),
    ),
  );
  for (const { stream, reading, deviceId, at } of golden.values()) {
    const { name } = routes[stream].table;
    const { timestamp, ...fields } = reading;
    await eventually(async () => {
      const answer = await owner.query(
        `SELECT * FROM ${name} WHERE device_id = $1 AND time = $2`,
        [deviceId, at],
      );
      expect(answer.rows).toEqual([
        {
          ...fields,
          time: new Date(timestamp),
          received_at: expect.any(Date),
          stored_at: expect.any(Date),
          record_offset: expect.any(String),
          older_fields: null,
        },
      ]);
    }, patience);
  }
});
