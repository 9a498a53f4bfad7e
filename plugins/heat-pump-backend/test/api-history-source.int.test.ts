import { createTestDatabase, fileScope } from '@homelab/test-kit';
import type { TestDatabase } from '@homelab/test-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiHistorySource } from '../src/services/ApiHistorySource';
import { startApiProcess } from './api-process';
import { quietLogger, timeAt } from './support';

let database: TestDatabase;
let source: ApiHistorySource;
let apiUrl: string;

const hour = 3600;

/** Two hours of readings every half minute, with a peak, a gap and some events. */
async function insertReadings() {
  const sink = await database.connect('homelab_sink');
  const rows: unknown[][] = [];
  for (let seconds = 0; seconds < 2 * hour; seconds += 30) {
    const silent = seconds >= 3000 && seconds < 4200;
    if (silent) continue;
    rows.push([
      timeAt(seconds),
      'pump-1',
      // One reading among many is high: it must survive downsampling.
      seconds === 600 ? 60 : 38,
      seconds >= 900 && seconds < 1800,
      seconds >= 1200 && seconds < 1500 ? 'hot_water' : 'heating',
      seconds >= 6900 ? ['low_pressure'] : [],
      seconds >= 2700 && seconds < 4500,
    ]);
  }
  for (const row of rows) {
    await sink.query(
      `insert into heatpump_status
        (time, device_id, supply_temp, compressor_running, mode, alarm_codes,
         aux_heater_3kw_on)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      row,
    );
  }
  await sink.query(
    `insert into energy_readings (time, device_id, power_kw)
     values ($1, 'meter-1', 0), ($2, 'meter-1', 2.5)`,
    [timeAt(0), timeAt(60)],
  );
  await sink.query(
    `insert into temperature_readings (time, device_id, room, temperature)
     values ($1, 'kitchen', 'Kitchen', 20.5)`,
    [timeAt(0)],
  );
}

const file = fileScope(afterAll);

beforeAll(async () => {
  database = await createTestDatabase(file);
  await insertReadings();
  const api = await startApiProcess(file, database);
  apiUrl = api.url;
  source = new ApiHistorySource({ api, logger: quietLogger });
  file.onTestFinished(() => source.stop());
}, 60_000);

const query = {
  stream: 'heatpump',
  deviceId: 'pump-1',
  from: new Date(timeAt(0)),
  to: new Date(timeAt(2 * hour)),
  maxPoints: 25,
  fields: ['supply_temp', 'cop'],
} as const;

test('lists every device with the time of its newest reading', async () => {
  expect(await source.devices()).toMatchObject([
    { stream: 'energy', deviceId: 'meter-1', lastReadingAt: timeAt(60) },
    {
      stream: 'heatpump',
      deviceId: 'pump-1',
      lastReadingAt: timeAt(2 * hour - 30),
    },
    { stream: 'temperature', deviceId: 'kitchen', lastReadingAt: timeAt(0) },
  ]);
});

test('returns the newest reading with unknown fields as null', async () => {
  const latest = await source.latest({ stream: 'energy', deviceId: 'meter-1' });
  expect(latest?.reading).toMatchObject({
    timestamp: timeAt(60),
    power_kw: 2.5,
    voltage: null,
  });
  expect(
    await source.latest({ stream: 'energy', deviceId: 'nobody' }),
  ).toBeUndefined();
});

describe('a clock that ran 20 hours ahead for one reading', () => {
  const stream = 'heatpump';
  const deviceId = 'pump-ahead';
  const ahead = 20 * hour;

  beforeAll(async () => {
    const sink = await database.connect('homelab_sink');
    const rows = [
      [timeAt(0), timeAt(1), 37],
      [timeAt(10 + ahead), timeAt(10), 99],
      [timeAt(20), timeAt(21), 38],
    ];
    for (const [time, receivedAt, supplyTemp] of rows) {
      await sink.query(
        `insert into heatpump_status (time, received_at, device_id, supply_temp)
         values ($1, $2, $3, $4)`,
        [time, receivedAt, deviceId, supplyTemp],
      );
    }
  });
  afterAll(async () => {
    const owner = await database.connect('homelab_owner');
    await owner.query('delete from heatpump_status where device_id = $1', [
      deviceId,
    ]);
  });

  test('does not replace the correct newest reading, and is reported', async () => {
    const latest = await source.latest({ stream, deviceId });
    expect(latest).toMatchObject({
      receivedAt: timeAt(21),
      reading: { supply_temp: 38 },
    });
    const device = (await source.devices()).find(
      one => one.deviceId === deviceId,
    );
    expect(device).toMatchObject({
      lastReadingAt: timeAt(20),
      clockAhead: { measuredAt: timeAt(10 + ahead), receivedAt: timeAt(10) },
    });
  });

  test('places its reading at its arrival, and nowhere else', async () => {
    const arrived = await source.history({
      ...query,
      deviceId,
      to: new Date(timeAt(60)),
    });
    expect(arrived.series[0]?.max).toContain(99);
    const claimed = await source.history({
      ...query,
      deviceId,
      from: new Date(timeAt(ahead)),
      to: new Date(timeAt(ahead + hour)),
    });
    expect(claimed.time).toEqual([]);
  });
});

describe('history', () => {
  test('downsamples to the requested number of points and loses no peak', async () => {
    const { time, bucketMs, series } = await source.history(query);
    expect(bucketMs).toBe(300_000);
    expect(time.length).toBeLessThanOrEqual(25);
    const [supply] = series;
    expect(supply?.field).toBe('supply_temp');
    expect(Math.max(...(supply?.max ?? []).map(Number))).toBe(60);
    expect(Math.max(...(supply?.mean ?? []).map(Number))).toBeLessThan(41);
    expect(Math.min(...(supply?.min ?? []).map(Number))).toBe(38);
  });

  test('omits fields without any value', async () => {
    const { series } = await source.history(query);
    expect(series.map(({ field }) => field)).toEqual(['supply_temp']);
  });

  test('has no points in a gap and reports it', async () => {
    const { time, gaps, coverage } = await source.history(query);
    expect(gaps).toEqual([{ from: timeAt(2970), to: timeAt(4200) }]);
    expect(coverage).toBeCloseTo(1 - 1230 / 7200, 3);
    const silent = time.filter(
      ms => ms > Date.parse(timeAt(3000)) && ms < Date.parse(timeAt(3900)),
    );
    expect(silent).toEqual([]);
  });

  test('reports when the compressor ran, water was heated and an alarm was on', async () => {
    const { bands } = await source.history(query);
    expect(bands).toMatchObject([
      {
        kind: 'compressor',
        from: timeAt(900),
        to: timeAt(1800),
        openEnd: false,
      },
      {
        kind: 'hot_water',
        from: timeAt(1200),
        to: timeAt(1500),
        openEnd: false,
      },
      // The state of the heater in the gap is unknown, so there are two bands.
      {
        kind: 'aux_heater',
        from: timeAt(2700),
        to: timeAt(2970),
        openEnd: true,
      },
      {
        kind: 'aux_heater',
        from: timeAt(4200),
        to: timeAt(4500),
        openStart: true,
      },
      {
        kind: 'alarm',
        from: timeAt(6900),
        openEnd: true,
        label: 'low pressure',
      },
    ]);
  });

  test('is empty, not wrong, for a range without readings', async () => {
    const result = await source.history({
      ...query,
      from: new Date('2020-01-01T00:00:00Z'),
      to: new Date('2020-01-02T00:00:00Z'),
    });
    expect(result).toMatchObject({
      time: [],
      series: [],
      bands: [],
      coverage: 0,
    });
  });
});

test('rejects with a sentence when the API cannot be reached or refuses the token', async () => {
  const away = new ApiHistorySource({
    api: { url: 'http://127.0.0.1:9', token: 'any' },
    logger: quietLogger,
  });
  await expect(away.devices()).rejects.toThrow(/Check that homelab-api runs/);
  const refused = new ApiHistorySource({
    api: { url: apiUrl, token: 'any' },
    logger: quietLogger,
  });
  await expect(refused.devices()).rejects.toThrow(/refuses the token/);
});
