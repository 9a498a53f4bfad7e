import { createHomelabApi } from '@homelab/homelab-api-client';
import { fileScope } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiPaths } from '../src/proxy/api-paths.ts';
import { startHouseApi, startWeb } from './web-fixture.ts';
import type { HouseApi, TestWeb } from './web-fixture.ts';

const file = fileScope(afterAll);
let house: HouseApi;
let web: TestWeb;

beforeAll(async () => {
  house = await startHouseApi(file);
  const sink = await house.database.connect('homelab_sink');
  await sink.query(
    `INSERT INTO energy_readings (device_id, time, power_kw, source)
     VALUES ('meter', now(), 1.5, 'test')`,
  );
  web = await startWeb(file, { api: house });
}, 60_000);

const addressOf = (path: string) =>
  path.replace(':stream', 'energy').replace(':deviceId', 'meter');

test('who is signed in reads the house; the token stays with the server', async () => {
  const cookie = await web.signIn();
  const answer = await web.ask('/api/v1/energy/latest', {
    headers: { cookie },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const text = await answer.text();
  expect(JSON.parse(text)).toMatchObject({
    data: [{ device_id: 'meter', power_kw: 1.5 }],
  });
  expect(text + JSON.stringify([...answer.headers])).not.toContain(house.token);
});

test('the typed client works through it without a token', async () => {
  const cookie = await web.signIn();
  const api = createHomelabApi({
    baseUrl: web.url,
    fetch: (input, init) =>
      fetch(input, { ...init, headers: { ...init?.headers, cookie } }),
  });
  expect((await api.devices()).devices).toMatchObject([{ deviceId: 'meter' }]);
  await expect(
    api.latest({ stream: 'energy', deviceId: 'nope' }),
  ).rejects.toMatchObject({ code: 'device_unknown' });
});

test.each(apiPaths)(
  '%s is a route of the API, closed to others',
  async path => {
    const address = addressOf(path);
    for (const cookie of ['', 'homelab-session=x']) {
      const answer = await web.ask(address, { headers: { cookie } });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ code: 'signed_out' });
    }
    const own = await fetch(`${house.url}${address}`, {
      headers: { authorization: `Bearer ${house.token}` },
    });
    const text = await own.text();
    expect(text).not.toContain('route_unknown');
  },
);

test('what the page does not need is not passed on', async () => {
  const cookie = await web.signIn();
  const addresses = [
    '/api/v1/devices/energy/meter/export',
    '/api/v1/energy/latest/../../../openapi.json',
    '/openapi.json',
    '/docs',
    '//127.0.0.1/api/v1/devices',
  ];
  for (const address of addresses) {
    const answer = await web.ask(address, { headers: { cookie } });
    expect([address, answer.status]).toEqual([address, 404]);
  }
  const dots = '/api/v1/devices/energy/..%2f..%2fenergy/latest';
  expect((await web.ask(dots, { headers: { cookie } })).status).toBe(400);
  const post = await web.ask('/api/v1/devices', {
    method: 'POST',
    body: {},
    headers: { cookie },
  });
  expect(post.status).toBe(405);
});

test('a header of the browser does not become one of ours', async () => {
  const cookie = await web.signIn();
  const answer = await web.ask('/api/v1/devices', {
    headers: { cookie, authorization: 'Bearer of-somebody-else' },
  });
  expect(answer.status).toBe(200);
});

test('a change of a setting is asked for in the name of who is signed in', async () => {
  const cookie = await web.signIn();
  const owner = await house.database.connect('homelab_owner');
  await owner.query(
    `INSERT INTO heat_pump_settings (device_id, setting, value, read_at, format)
     VALUES ('pump', 'target_temp', '20', now(), 'thermiq')`,
  );
  const ask = (headers: Record<string, string>) =>
    web.ask('/api/v1/heatpump/pump/commands', {
      method: 'POST',
      body: { setting: 'target_temp', value: 21, on_behalf_of: 'the cat' },
      headers: { 'idempotency-key': 'one-key-of-the-test', ...headers },
    });
  expect((await ask({})).status).toBe(401);
  const evil = { cookie, origin: 'https://evil.example' };
  expect((await ask(evil)).status).toBe(403);
  const answer = await ask({ cookie });
  expect(answer.status).toBe(202);
  expect(await answer.json()).toMatchObject({
    command: { to: 21, state: 'accepted', requested_by: 'household' },
  });
});

test('an API that is away is told as that', async () => {
  const alone = await startWeb(file);
  const cookie = await alone.signIn();
  const answer = await alone.ask('/api/v1/devices', { headers: { cookie } });
  expect(answer.status).toBe(502);
  expect(await answer.json()).toMatchObject({ code: 'api_unreachable' });
});

test('a page gone mad is slowed down, the others are not', async () => {
  const [mad, calm] = [await web.signIn(), await web.signIn()];
  const statuses = new Set<number>();
  for (let sent = 0; sent < 310; sent += 1) {
    const answer = await web.ask('/api/v1/devices', {
      headers: { cookie: mad },
    });
    await answer.body?.cancel();
    statuses.add(answer.status);
  }
  expect([...statuses]).toEqual([200, 429]);
  const other = await web.ask('/api/v1/devices', { headers: { cookie: calm } });
  expect(other.status).toBe(200);
});
