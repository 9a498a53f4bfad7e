import { fileScope } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi } from './api-fixture.ts';
import type { TestApi } from './api-fixture.ts';

const file = fileScope(afterAll);
const now = Date.parse('2026-03-01T12:00:00Z');
const ago = (seconds: number) => new Date(now - seconds * 1_000).toISOString();

let api: TestApi;

beforeAll(async () => {
  api = await startApi(file, { now: () => now });
  const sink = await api.database.connect('homelab_sink');
  const energy = (device: string, seconds: number, powerKw: number) =>
    sink.query(
      `INSERT INTO energy_readings (device_id, time, received_at, power_kw, estimated)
       VALUES ($1, $2, $2, $3, '{power_kw}')`,
      [device, ago(seconds), powerKw],
    );
  await energy('meter-a', 120, 1);
  await energy('meter-a', 60, 2);
  await energy('meter-b', 3_600, 3);
  const temperature = (time: string, receivedAt: string, value: number) =>
    sink.query(
      `INSERT INTO temperature_readings (device_id, time, received_at, temperature)
       VALUES ('hall', $1, $2, $3)`,
      [time, receivedAt, value],
    );
  await temperature(ago(300), ago(299), 20);
  // Its clock was 20 hours ahead for one reading.
  await temperature(ago(200 - 72_000), ago(200), 99);
  await temperature(ago(100), ago(99), 21);
}, 60_000);

interface Latest {
  data: Record<string, unknown>[];
}

test('the newest reading of each device, what is unknown as null', async () => {
  const { data } = await api.json<Latest>('/api/v1/energy/latest');
  expect(data).toMatchObject([
    {
      device_id: 'meter-a',
      timestamp: ago(60),
      power_kw: 2,
      voltage: null,
      estimated: ['power_kw'],
    },
    { device_id: 'meter-b', power_kw: 3 },
  ]);
});

test('a reading of a clock that was ahead does not stay the newest', async () => {
  const { data } = await api.json<Latest>('/api/v1/temperature/latest');
  expect(data).toMatchObject([{ temperature: 21, as_of: ago(100) }]);
});

test('no devices are an empty list', async () => {
  expect(await api.json('/api/v1/heatpump/latest')).toEqual({
    data: [],
    truncated: false,
  });
});

interface Devices {
  devices: { deviceId: string; stream: string }[];
  nextCursor: string | null;
}

test('devices are listed over pages, each once', async () => {
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Devices = await api.json(
      `/api/v1/devices?limit=1${cursor && `&cursor=${cursor}`}`,
    );
    seen.push(...page.devices.map(one => `${one.stream}/${one.deviceId}`));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual([
    'energy/meter-a',
    'energy/meter-b',
    'temperature/hall',
  ]);
});

test('a device says when it last sent, and that its clock ran ahead', async () => {
  const { devices } = await api.json<Devices>(
    '/api/v1/devices?stream=temperature',
  );
  expect(devices).toEqual([
    {
      stream: 'temperature',
      deviceId: 'hall',
      lastReadingAt: ago(100),
      state: 'fresh',
      staleAfterMs: 9_000_000,
      offlineAfterMs: 90_000_000,
      clockAhead: { measuredAt: ago(200 - 72_000), receivedAt: ago(200) },
    },
  ]);
});

test('an unchanged answer is 304 by its ETag', async () => {
  const path = '/api/v1/energy/latest';
  const first = await api.get(path);
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^W\/"/);
  const authorization = `Bearer ${api.token}`;
  const second = await api.get(path, { authorization, 'if-none-match': etag });
  expect(second.status).toBe(304);
  expect(await second.text()).toBe('');
});

test('a reading is stale after three usual intervals of its device, and offline later', async () => {
  const sink = await api.database.connect('homelab_sink');
  await sink.query(
    `INSERT INTO heatpump_status (device_id, time, received_at)
     SELECT device, t, t FROM (
       SELECT device, $1::timestamptz - (silence + n * 30) * interval '1 second' AS t
       FROM (VALUES ('fresh', 60), ('stale', 91), ('off', 601)) silent (device, silence), generate_series(0, 5) n
     ) readings`,
    [ago(0)],
  );
  // The memory of how often devices send is made when they are first asked for.
  const own = await startApi(file, { database: api.database, now: () => now });
  const { data } = await own.json<Latest>('/api/v1/heatpump/latest');
  const limits = { stale_after_seconds: 90, offline_after_seconds: 600 };
  expect(data).toMatchObject([
    { device_id: 'fresh', state: 'fresh', ...limits },
    { device_id: 'off', state: 'offline', ...limits },
    { device_id: 'stale', state: 'stale', ...limits },
  ]);
  const { devices } = await own.json<Devices>(
    '/api/v1/devices?stream=heatpump',
  );
  expect(devices).toMatchObject([
    { deviceId: 'fresh', state: 'fresh', staleAfterMs: 90_000 },
    { deviceId: 'off', state: 'offline', offlineAfterMs: 600_000 },
    { deviceId: 'stale', state: 'stale' },
  ]);
  const one = await own.json<{ reading: object }>(
    '/api/v1/devices/heatpump/stale/latest',
  );
  expect(one.reading).toMatchObject({ state: 'stale', ...limits });
  // A battery sensor sleeps for hours.
  const { data: rooms } = await own.json<Latest>('/api/v1/temperature/latest');
  expect(rooms).toMatchObject([{ state: 'fresh', stale_after_seconds: 9_000 }]);
});
