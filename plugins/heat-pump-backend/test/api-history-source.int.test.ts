import type { HomelabApi } from '@homelab/homelab-api-client';
import { createHomelabApi } from '@homelab/homelab-api-client';
import { createTestDatabase, fileScope } from '@homelab/test-kit';
import type { TestDatabase } from '@homelab/test-kit';
import { streams } from '@homelab/telemetry';
import { migrate } from '@homelab/timescale-schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiHistorySource } from '../src/services/ApiHistorySource';
import { addReadingToken, startApiProcess } from './api-process';
import { quietLogger, timeAt } from './support';

let database: TestDatabase;
let source: ApiHistorySource;
let api: HomelabApi;
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

/** A source whose clock stands at the end of the readings. */
function sourceOf(homelabApi: HomelabApi) {
  return new ApiHistorySource({
    api: homelabApi,
    logger: quietLogger,
    now: () => Date.parse(timeAt(2 * hour)),
  });
}

const file = fileScope(afterAll);

beforeAll(async () => {
  database = await createTestDatabase(file);
  await migrate({
    connection: database.connection('homelab_owner'),
    siteTimeZone: 'Europe/Stockholm',
  });
  await insertReadings();
  const owner = await database.connect('homelab_owner');
  for (const stream of streams) {
    await owner.query('select mark_rollups($1, $2, $3)', [
      stream,
      timeAt(0),
      timeAt(2 * hour),
    ]);
  }
  const token = await addReadingToken(database);
  const { url } = await startApiProcess(file, database);
  apiUrl = url;
  api = createHomelabApi({ baseUrl: url, token });
  source = sourceOf(api);
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
      estimated: [],
      coverage: 0,
    });
  });
});

describe('a year', () => {
  const year = {
    ...query,
    from: new Date('2025-02-01T00:00:00+01:00'),
    to: new Date('2026-02-01T00:00:00+01:00'),
  };

  test('has a point for each local day, with least and greatest, and no bands', async () => {
    const { bucketMs, time, series, bands } = await source.history(year);
    expect(bucketMs).toBe(24 * hour * 1_000);
    expect(time.map(ms => new Date(ms).toISOString())).toEqual([
      '2026-01-11T23:00:00.000Z',
    ]);
    expect(series).toMatchObject([
      { field: 'supply_temp', min: [38], max: [60] },
    ]);
    expect(bands).toEqual([]);
  });

  test('when single readings are gone, two hours are made of hours too', async () => {
    const later = new ApiHistorySource({
      api,
      logger: quietLogger,
      now: () => Date.parse(timeAt(100 * 24 * hour)),
    });
    const { bucketMs, bands } = await later.history(query);
    expect(bucketMs).toBe(hour * 1_000);
    expect(bands).toEqual([]);
  });
});

test('every figure is one that the client reads', async () => {
  const range = { from: query.from, to: query.to };
  const [summary, runs, days, energy, comparison, cost] = await Promise.all([
    api.heatPumpSummary('pump-1'),
    api.heatPumpRuns('pump-1', range),
    api.heatPumpDaily('pump-1', range),
    api.energyDaily({ ...range, deviceId: 'meter-1' }),
    api.energyComparison({ deviceId: 'meter-1' }),
    api.energyCost({ ...range, deviceId: 'meter-1' }),
  ]);
  expect(summary).toMatchObject({ device_id: 'pump-1', now: null });
  expect(runs.data).toMatchObject([
    { minutes: 15, hot_water_minutes: 5, cop: null },
  ]);
  // It says nothing of its power.
  expect(days.data).toMatchObject([
    {
      timestamp: '2026-01-12T00:00:00+01:00',
      heat_kwh: null,
      cop: null,
      coverage: 0,
    },
  ]);
  expect(energy.data).toMatchObject([{ device_id: 'meter-1' }]);
  expect(comparison.data).toEqual([]);
  expect(cost.unavailable).toMatch(/tariff/i);
});

test('rejects with a sentence when the API cannot be reached or refuses the token', async () => {
  const token = 'any';
  const away = sourceOf(
    createHomelabApi({ baseUrl: 'http://127.0.0.1:9', token }),
  );
  await expect(away.devices()).rejects.toThrow(
    /Check that homelab-api is running/,
  );
  const refused = sourceOf(createHomelabApi({ baseUrl: apiUrl, token }));
  await expect(refused.devices()).rejects.toThrow(/refuses the token/);
});
