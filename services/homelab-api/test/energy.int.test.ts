import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileScope, uniqueName } from '@homelab/test-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi } from './api-fixture.ts';
import type { TestApi } from './api-fixture.ts';

const file = fileScope(afterAll);
const tariffFile = join(tmpdir(), `${uniqueName('tariff')}.yaml`);
/** Noon on the day after the clock changed to summer time. */
const now = Date.parse('2026-03-30T12:30:00+02:00');

let api: TestApi;

beforeAll(async () => {
  await writeFile(
    tariffFile,
    'currency: SEK\nimport: { kind: flat, pricePerKwh: 2 }\nfeesPerKwh: 0.5\nvatPercent: 20\n',
  );
  api = await startApi(file, { now: () => now, tariffFile });
  const sink = await api.database.connect('homelab_sink');
  // 1.2 kWh an hour, a reading each minute since five days; the counter restarts on the 28th at
  // noon UTC, and on the 27th from 10 to 13 UTC nothing is heard.
  await sink.query(
    `INSERT INTO energy_readings (device_id, time, received_at, power_kw, total_energy_kwh)
     SELECT 'meter', t, t, 1.2,
       0.02 * extract(epoch FROM t - CASE WHEN t < '2026-03-28T12:00Z' THEN '2026-03-01Z'::timestamptz
         ELSE '2026-03-28T12:00Z' END) / 60
     FROM generate_series($1::timestamptz - interval '5 days', $1::timestamptz, interval '1 minute') t
     WHERE NOT (t > '2026-03-27T10:00Z' AND t < '2026-03-27T13:00Z')`,
    [new Date(now).toISOString()],
  );
  await sink.query(
    `INSERT INTO heatpump_status (device_id, time, received_at, outdoor_temp, heat_output_kw, power_consumption_kw,
       compressor_running, mode)
     SELECT 'pump', t, t, CASE WHEN t < '2026-03-28Z' THEN 12 ELSE 3 END, 4, 1, extract(hour FROM t) <> 3, 'heating'
     FROM generate_series($1::timestamptz - interval '5 days', $1::timestamptz, interval '1 minute') t`,
    [new Date(now).toISOString()],
  );
  await api.markRollups('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z');
}, 60_000);

interface Bucket {
  timestamp: string;
  device_id: string;
  energy_kwh: number | null;
  production_kwh: number | null;
  power_kw: number | null;
  coverage: number;
  estimated: boolean;
}

const energy = async (path: string) =>
  (await api.json<{ data: Bucket[] }>(`/api/v1/energy/${path}`)).data;

test('hours have the energy between their edges, wherever readings fall', async () => {
  const hours = await energy(
    'hourly?from=2026-03-29T00:00:00Z&to=2026-03-29T06:00:00Z',
  );
  expect(hours.map(({ timestamp }) => timestamp)).toEqual([
    '2026-03-29T01:00:00+01:00',
    '2026-03-29T03:00:00+02:00',
    '2026-03-29T04:00:00+02:00',
    '2026-03-29T05:00:00+02:00',
    '2026-03-29T06:00:00+02:00',
    '2026-03-29T07:00:00+02:00',
  ]);
  for (const hour of hours) {
    expect(hour).toMatchObject({
      device_id: 'meter',
      power_kw: 1.2,
      production_kwh: null,
      estimated: false,
    });
    expect(hour.energy_kwh).toBeCloseTo(1.2, 2);
    expect(hour.coverage).toBeCloseTo(1, 2);
  }
});

test('a day of 23 hours has the energy of 23 hours', async () => {
  const days = await energy(
    'daily?from=2026-03-28T12:00:00Z&to=2026-03-29T12:00:00Z',
  );
  expect(days.map(({ timestamp }) => timestamp)).toEqual([
    '2026-03-28T00:00:00+01:00',
    '2026-03-29T00:00:00+01:00',
  ]);
  expect(days[1]?.energy_kwh).toBeCloseTo(23 * 1.2, 1);
});

test('days of another zone are made of hours, and have its offset', async () => {
  const [day] = await energy(
    'daily?from=2026-03-29T12:00:00Z&to=2026-03-29T13:00:00Z&timeZone=America/New_York',
  );
  expect(day?.timestamp).toBe('2026-03-29T00:00:00-04:00');
  expect(day?.energy_kwh).toBeCloseTo(24 * 1.2, 1);
});

test('a restart of the counter costs no energy and adds none', async () => {
  const [day] = await energy(
    'daily?from=2026-03-28T00:00:00Z&to=2026-03-28T20:00:00Z',
  );
  expect(day?.energy_kwh).toBeCloseTo(24 * 1.2, 1);
});

test('a silence is spread, marked and lowers the coverage', async () => {
  const hours = await energy(
    'hourly?from=2026-03-27T09:00:00Z&to=2026-03-27T14:00:00Z',
  );
  expect(hours.map(({ estimated }) => estimated)).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(hours[1]).toMatchObject({ power_kw: 1.2 });
  expect(hours[2]).toMatchObject({ power_kw: null });
  expect(hours[2]?.coverage).toBeLessThan(0.1);
  expect(
    hours.reduce((sum, hour) => sum + (hour.energy_kwh ?? 0), 0),
  ).toBeCloseTo(5 * 1.2, 1);
});

test('a silence of days is bridged to its edges, wherever the range lies in it', async () => {
  const sink = await api.database.connect('homelab_sink');
  // 0.5 kW; a reading each minute, but none for 20 days.
  await sink.query(
    `INSERT INTO energy_readings (device_id, time, received_at, total_energy_kwh)
     SELECT 'silent', t, t, 100 + extract(epoch FROM t - '2026-03-01T00:00Z') / 7200
     FROM generate_series('2026-03-01T00:00Z'::timestamptz, '2026-03-27T00:00Z', interval '1 minute') t
     WHERE t <= '2026-03-02T00:00Z' OR t >= '2026-03-22T00:00Z'`,
  );
  await api.markRollups('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z');
  const day = '&device_id=silent';
  const hours = await energy(
    `hourly?from=2026-03-12T00:00:00Z&to=2026-03-13T00:00:00Z${day}`,
  );
  expect(hours).toHaveLength(24);
  for (const hour of hours)
    expect(hour).toMatchObject({
      energy_kwh: 0.5,
      estimated: true,
      coverage: 0,
    });
  const days = await energy(
    `daily?from=2026-03-12T00:00:00Z&to=2026-03-13T12:00:00Z${day}`,
  );
  expect(days).toMatchObject([
    { energy_kwh: 12, estimated: true },
    { energy_kwh: 12, estimated: true },
  ]);
  // Nothing is made up where the silence has no end.
  const [last] = await energy(`hourly?from=2026-03-29T00:00:00Z${day}`);
  expect(last).toMatchObject({ energy_kwh: null, coverage: 0 });
});

test('the hour that runs is covered as far as it has passed', async () => {
  const hours = await energy('hourly?from=2026-03-30T10:00:00Z');
  expect(hours).toHaveLength(1);
  expect(hours[0]?.energy_kwh).toBeCloseTo(0.6, 1);
  expect(hours[0]?.coverage).toBeCloseTo(1, 1);
});

test('an unknown meter has no hours', async () => {
  expect(await energy('hourly?device_id=nobody')).toEqual([]);
});

test('today stands beside yesterday until the same time of day, and days as cold', async () => {
  const comparison = await api.json<{
    outdoor_temp: number;
    data: {
      today: { from: string; energy_kwh: number };
      yesterday: { to: string; energy_kwh: number };
      yesterday_total: { energy_kwh: number };
      similar_days: { from: string }[];
    }[];
  }>('/api/v1/energy/comparison');
  expect(comparison.outdoor_temp).toBe(3);
  const [meter] = comparison.data;
  expect(meter?.today.from).toBe('2026-03-30T00:00:00+02:00');
  expect(meter?.today.energy_kwh).toBeCloseTo(12.5 * 1.2, 1);
  // Yesterday had lost an hour by then.
  expect(meter?.yesterday.to).toBe('2026-03-29T12:30:00+02:00');
  expect(meter?.yesterday.energy_kwh).toBeCloseTo(11.5 * 1.2, 1);
  expect(meter?.yesterday_total.energy_kwh).toBeCloseTo(23 * 1.2, 1);
  expect(
    meter?.similar_days.map(({ from }) => from.slice(0, 10)).sort(),
  ).toEqual(['2026-03-28', '2026-03-29']);
});

describe('cost', () => {
  interface Cost {
    currency: string | null;
    unavailable: string | null;
    data: {
      cost: number | null;
      energy_kwh: number;
      priced_share: number;
      coverage: number;
    }[];
  }
  const path =
    '/api/v1/energy/cost?from=2026-03-28T23:00:00Z&to=2026-03-29T22:00:00Z';

  test('is energy times price, with fees and VAT', async () => {
    const cost = await api.json<Cost>(path);
    expect(cost).toMatchObject({ currency: 'SEK', unavailable: null });
    expect(cost.data[0]?.cost).toBeCloseTo(23 * 1.2 * (2 + 0.5) * 1.2, 0);
    expect(cost.data[0]?.priced_share).toBe(1);
    expect(cost.data[0]?.coverage).toBeGreaterThan(0.99);
  });

  test('prices are those to come, slot by slot', async () => {
    const { data, currency } = await api.json<{
      currency: string;
      data: { from: string; to: string; price: number }[];
    }>('/api/v1/energy/prices');
    expect(currency).toBe('SEK');
    expect(data).toHaveLength(48);
    expect(data[0]).toEqual({
      from: '2026-03-30T12:00:00+02:00',
      to: '2026-03-30T13:00:00+02:00',
      price: 3,
      export_price: null,
    });
  });

  test('follows the file, keeps negative prices and says what has none', async () => {
    const prices = Array.from({ length: 12 }, (_, hour) => ({
      start: new Date(
        Date.parse('2026-03-28T23:00:00Z') + hour * 3_600_000,
      ).toISOString(),
      price: -100,
    }));
    await writeFile(
      tariffFile,
      JSON.stringify({
        currency: 'EUR',
        import: { kind: 'hourly', unit: 'MWh', prices },
      }),
    );
    const cost = await api.json<Cost>(path);
    expect(cost.data[0]?.cost).toBeCloseTo(-0.1 * 12 * 1.2, 2);
    expect(cost.data[0]?.priced_share).toBeCloseTo(12 / 23, 3);
    // Slots without a price are left out.
    const known = await api.json<{ data: { price: number }[] }>(
      '/api/v1/energy/prices?from=2026-03-28T22:00:00Z&to=2026-03-30T00:00:00Z',
    );
    expect(known.data.map(({ price }) => price)).toEqual(
      Array.from({ length: 12 }, () => -0.1),
    );
  });

  test('without a valid tariff is said to be unavailable', async () => {
    await writeFile(tariffFile, 'currency: euro\n');
    expect(await api.json<Cost>(path)).toMatchObject({
      currency: null,
      unavailable: expect.stringMatching(/not valid: currency/),
      data: [],
    });
  });
});

test('the heat pump says what it gave for what it took', async () => {
  const summary = await api.json<
    Record<string, { cop: number; coverage: number; name?: string }>
  >('/api/v1/heatpump/pump/summary');
  expect(summary).toMatchObject({
    boundary: 'H3',
    now: { heat_kw: 4, electric_kw: 1, cop: 4 },
    today: { from: '2026-03-30T00:00:00+02:00', cop: 4, name: 'COP' },
    last_30_days: { cop: 4 },
  });
  expect(summary.today?.coverage).toBeGreaterThan(0.98);
});

test('runs of the compressor are listed with how long they lasted', async () => {
  const { data } = await api.json<{
    data: { from: string; to: string; minutes: number }[];
  }>(
    '/api/v1/heatpump/pump/runs?from=2026-03-29T00:00:00Z&to=2026-03-30T00:00:00Z',
  );
  expect(data).toMatchObject([
    {
      from: '2026-03-29T01:00:00+01:00',
      to: '2026-03-29T05:00:00+02:00',
      minutes: 180,
      open_start: true,
    },
    { from: '2026-03-29T06:00:00+02:00', open_end: true },
  ]);
  // 4 kW of heat from 1 kW.
  expect(data[0]).toMatchObject({ heat_kwh: 12, electric_kwh: 3, cop: 4 });
});

test('a heat pump has heat and electricity of each local day', async () => {
  const { data } = await api.json<{
    data: { timestamp: string; heat_kwh: number; coverage: number }[];
  }>(
    '/api/v1/heatpump/pump/daily?from=2026-03-28T12:00:00Z&to=2026-03-30T12:00:00Z',
  );
  expect(data).toMatchObject([
    { timestamp: '2026-03-28T00:00:00+01:00', cop: 4 },
    { timestamp: '2026-03-29T00:00:00+01:00', cop: 4 },
    { timestamp: '2026-03-30T00:00:00+02:00', cop: 4 },
  ]);
  // The 29th has 23 hours; of the 30th twelve and a half have passed.
  expect(data.map(({ heat_kwh }) => Math.round(heat_kwh))).toEqual([
    96, 92, 50,
  ]);
  for (const { coverage } of data) expect(coverage).toBeCloseTo(1, 1);
});

test('series over weeks come from hours, and from days of the zone', async () => {
  const path =
    '/api/v1/devices/energy/meter/series?fields=power_kw,total_energy_kwh';
  const hours = await api.json<{
    source: string;
    bucketSeconds: number;
    series: { field: string; mean: number[] }[];
  }>(`${path}&from=2026-03-20T00:00:00Z`);
  expect(hours).toMatchObject({ source: 'hour', bucketSeconds: 3_600 });
  const power = hours.series.find(({ field }) => field === 'power_kw');
  expect(power?.mean[0]).toBe(1.2);
  const days = await api.json<{ time: string[]; bucketSeconds: null }>(
    `${path}&bucket=day&from=2026-03-28T00:00:00Z&timeZone=UTC`,
  );
  expect(days.bucketSeconds).toBeNull();
  expect(days.time).toEqual([
    '2026-03-28T00:00:00Z',
    '2026-03-29T00:00:00Z',
    '2026-03-30T00:00:00Z',
  ]);
});

test('a day from before the oldest readings comes from hours', async () => {
  const old = 'from=2025-06-01T00:00:00Z&to=2025-06-02T00:00:00Z';
  expect(
    await api.json(`/api/v1/devices/energy/meter/series?${old}`),
  ).toMatchObject({ source: 'hour', time: [] });
});

// Last, since its meter would be in answers to the others.
test('an hour with an estimated reading is estimated', async () => {
  const sink = await api.database.connect('homelab_sink');
  await sink.query(
    `INSERT INTO energy_readings (device_id, time, total_energy_kwh, estimated)
     SELECT 'guessing', t, 0.02 * (row_number() OVER (ORDER BY t)),
       CASE WHEN t = '2026-02-01T02:30Z' THEN array['total_energy_kwh'] END
     FROM generate_series('2026-02-01T00:00Z'::timestamptz, '2026-02-01T06:00Z', interval '1 minute') t`,
  );
  await api.markRollups('2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z');
  const hours = await energy(
    'hourly?device_id=guessing&from=2026-02-01T01:00:00Z&to=2026-02-01T04:00:00Z',
  );
  expect(hours.map(({ estimated }) => estimated)).toEqual([false, true, false]);
});
