import { fileScope } from '@homelab/test-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi } from './api-fixture.ts';
import type { TestApi } from './api-fixture.ts';

const file = fileScope(afterAll);
const start = Date.parse('2026-03-29T00:00:00Z');
const at = (seconds: number) => new Date(start + seconds * 1_000).toISOString();
const hour = 3_600;

let api: TestApi;

beforeAll(async () => {
  api = await startApi(file, { now: () => start + 4 * hour * 1_000 });
  const sink = await api.database.connect('homelab_sink');
  // Three hours each 10 s over the night of the change to summer time, one peak, one silence.
  await sink.query(
    `INSERT INTO energy_readings (device_id, time, received_at, power_kw, estimated)
     SELECT 'meter', t, t, CASE WHEN n = 400 THEN 9.5 ELSE 1 END,
       CASE WHEN n < 6 THEN array['power_kw'] END
     FROM (SELECT n, $1::timestamptz + n * interval '10 seconds' AS t
           FROM generate_series(0, 1079) n) readings
     WHERE n NOT BETWEEN 600 AND 699`,
    [at(0)],
  );
}, 60_000);

interface Series {
  time: string[];
  from: string;
  source: string;
  bucketSeconds: number | null;
  estimated: (number | null)[];
  readings: number[];
  series: { field: string; unit: string; mean: number[]; max: number[] }[];
  gaps: { from: string; to: string }[];
  coverage: number;
}

const path = '/api/v1/devices/energy/meter/series';
const range = `from=${at(0)}&to=${at(3 * hour)}`;

test('few points lose no peak, and say which hold estimated values', async () => {
  const series = await api.json<Series>(
    `${path}?${range}&fields=power_kw&maxPoints=20`,
  );
  expect(series).toMatchObject({ source: 'raw', bucketSeconds: 600 });
  expect(series.time.length).toBeLessThanOrEqual(20);
  const [power] = series.series;
  expect(power).toMatchObject({ field: 'power_kw', unit: 'kW' });
  expect(Math.max(...(power?.max ?? []))).toBe(9.5);
  expect(Math.max(...(power?.mean ?? []))).toBeLessThan(2);
  expect(series.estimated.slice(0, 2)).toEqual([6, 0]);
  expect(series.readings.reduce((sum, one) => sum + one)).toBe(980);
});

test.each(['hour', 'day'])(
  'a point of one %s says how many readings hold estimated values',
  async bucket => {
    await api.markRollups(at(0), at(3 * hour));
    for (const zone of ['', '&timeZone=Asia/Tokyo']) {
      const { estimated } = await api.json<Series>(
        `${path}?${range}&fields=power_kw&bucket=${bucket}${zone}`,
      );
      expect(estimated).toEqual(bucket === 'hour' ? [6, 0, 0] : [6]);
    }
  },
);

test('a silence is a gap, has no points and lowers the coverage', async () => {
  const { gaps, time, coverage } = await api.json<Series>(
    `${path}?${range}&fields=power_kw&timeZone=UTC&maxPoints=200`,
  );
  const gap = { from: '2026-03-29T01:39:50Z', to: '2026-03-29T01:56:40Z' };
  expect(gaps).toEqual([gap]);
  expect(coverage).toBeCloseTo(1 - 1_010 / 10_800, 3);
  expect(
    time.filter(one => one > '2026-03-29T01:42' && one < '2026-03-29T01:55'),
  ).toEqual([]);
});

test('times have the offset of the site, which changes in that night', async () => {
  const { time, from } = await api.json<Series>(
    `${path}?${range}&fields=power_kw&maxPoints=4`,
  );
  expect(from).toBe('2026-03-29T01:00:00+01:00');
  expect(time).toEqual([
    '2026-03-29T01:00:00+01:00',
    '2026-03-29T03:00:00+02:00',
    '2026-03-29T04:00:00+02:00',
  ]);
});

test('a device without readings in the range has none; an unknown one is said so', async () => {
  const empty = 'from=2025-01-01T00:00:00Z&to=2025-01-02T00:00:00Z';
  expect(await api.json(`${path}?${empty}`)).toMatchObject({
    time: [],
    coverage: 0,
  });
  const response = await api.get('/api/v1/devices/energy/nobody/series');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: 'device_unknown' });
});

describe('bad parameters', () => {
  test.each([
    ['from=yesterday', 'invalid_parameter', 'from'],
    ['from=0001-01-01T00:00:00Z', 'invalid_parameter', 'from'],
    ['to=9999-12-31T00:00:00Z', 'invalid_parameter', 'to'],
    ['timeZone=Mars/Olympus', 'invalid_parameter', 'timeZone'],
    ['timeZone=%2B01:00', 'invalid_parameter', 'timeZone'],
    ['bucket=week', 'invalid_parameter', 'bucket'],
    ['maxPoints=1', 'invalid_parameter', 'maxPoints'],
    ['maxPoints=1e9', 'invalid_parameter', 'maxPoints'],
    [
      'fields=power_kw,1;drop table energy_readings',
      'invalid_parameter',
      'fields',
    ],
    ['fields=', 'invalid_parameter', 'fields'],
    ['wanted=power_kw', 'invalid_parameter', 'wanted'],
    ['maxPoints=5&maxPoints=6', 'invalid_parameter', 'maxPoints'],
    [`from=${at(2)}&to=${at(1)}`, 'invalid_range', undefined],
    [`from=${at(1)}&to=${at(1)}`, 'invalid_range', undefined],
    ['bucket=raw&from=2001-01-01T00:00:00Z', 'invalid_range', undefined],
    ['bucket=raw&from=2026-01-01T00:00:00Z', 'query_too_expensive', undefined],
  ])('%s is refused with %s', async (query, code, name) => {
    const response = await api.get(`${path}?${query}`);
    expect(response.headers.get('content-type')).toBe(
      'application/problem+json',
    );
    const problem = await response.json();
    expect(problem).toMatchObject({ code, status: response.status });
    if (name !== undefined) expect(problem.errors[0].name).toBe(name);
  });
});

describe('export', () => {
  const exportPath = '/api/v1/devices/energy/meter/export';

  test('JSON lines hold every reading once, in order', async () => {
    const response = await api.get(`${exportPath}?${range}&format=jsonl`);
    expect(response.headers.get('content-type')).toMatch(/^application\/jsonl/);
    const lines = (await response.text()).trimEnd().split('\n');
    const rows = lines.map(line => JSON.parse(line));
    expect(rows).toHaveLength(980);
    expect(rows[0]).toMatchObject({
      timestamp: at(0),
      device_id: 'meter',
      power_kw: 1,
      voltage: null,
      estimated: ['power_kw'],
      received_at: at(0),
    });
    const times = rows.map(row => row.timestamp);
    expect(times).toEqual([...times].sort());
  });

  test('CSV has a head, and a name that looks like a formula is text', async () => {
    const sink = await api.database.connect('homelab_sink');
    await sink.query(
      `INSERT INTO temperature_readings (device_id, time, room, temperature)
       VALUES ('=1+1', $1, '=cmd()', -3.5)`,
      [at(0)],
    );
    const response = await api.get(
      `/api/v1/devices/temperature/${encodeURIComponent('=1+1')}/export?from=${at(0)}`,
    );
    const [head, row] = (await response.text()).split('\r\n');
    expect(head).toMatch(/^timestamp,device_id,room,temperature,/);
    expect(row).toContain(",'=1+1,'=cmd(),-3.5,");
  });

  test('pages of the export meet without a gap and without a repetition', async () => {
    const sink = await api.database.connect('homelab_sink');
    await sink.query(
      `INSERT INTO energy_readings (device_id, time, power_kw)
       SELECT 'long', $1::timestamptz + n * interval '1 microsecond', n FROM generate_series(0, 4999) n`,
      [at(0)],
    );
    const response = await api.get(
      `/api/v1/devices/energy/long/export?from=${at(0)}&to=${at(1)}&format=jsonl`,
    );
    const values = (await response.text())
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line).power_kw);
    expect(values).toEqual(Array.from({ length: 5_000 }, (_, n) => n));
  });
});
