import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createHomelabApi } from '@homelab/homelab-api-client';
import { historySchema, houseSchema } from '@homelab/plugin-heat-pump-common';
import request from 'supertest';
import { createRouter } from './router';
import { HouseState } from './services/HouseState';
import { LatestReadings } from '@homelab/heat-pump';
import { LiveClients } from './services/LiveClients';
import type { SourcedReading } from '@homelab/heat-pump';
import {
  createFakeHistorySource,
  createFakeLiveSource,
  testMeter,
  testPump,
} from './test-readings';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

interface Options {
  stored?: SourcedReading[];
  result?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  meterDeviceId?: string;
  maxClients?: number;
  heartbeatMs?: number;
  historyFailure?: Error;
  areSettingsOn?: boolean;
  apiUrl?: string;
}

/** The real router in a real backend, with two sources controlled by the test. */
async function start(options: Options = {}) {
  const live = createFakeLiveSource();
  const history = createFakeHistorySource(options.stored);
  history.fail(options.historyFailure);
  const logger = mockServices.logger.mock();
  const house = new HouseState({
    live: live.source,
    history: history.source,
    latest: new LatestReadings({ staleAfterMs: {} }),
    siteTimeZone: 'Europe/Stockholm',
    meterDeviceId: options.meterDeviceId,
    logger,
  });
  const liveClients = new LiveClients({
    house,
    maxClients: options.maxClients ?? 10,
    heartbeatMs: options.heartbeatMs,
    logger,
  });
  const plugin = createBackendPlugin({
    pluginId: 'heat-pump',
    register(env) {
      env.registerInit({
        deps: {
          auditor: coreServices.auditor,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          permissions: coreServices.permissions,
        },
        async init({ auditor, httpAuth, httpRouter, permissions }) {
          const router = createRouter({
            house,
            history: history.source,
            liveClients,
            // Nothing listens there.
            api: createHomelabApi({
              baseUrl: options.apiUrl ?? 'http://127.0.0.1:1',
              token: 't',
            }),
            logger,
            httpAuth,
            permissions,
            auditor,
            areSettingsOn: options.areSettingsOn ?? false,
            siteTimeZone: 'Europe/Stockholm',
          });
          httpRouter.use(router);
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      mockServices.permissions.factory({
        result: options.result ?? AuthorizeResult.ALLOW,
      }),
    ],
  });
  house.start();
  stops.push(async () => {
    liveClients.close();
    await house.stop();
    await backend.stop();
  });
  return { server: backend.server, live, history, house, liveClients };
}

async function until(condition: () => boolean | Promise<boolean>) {
  const deadlineMs = Date.now() + 5_000;
  while (!(await condition())) {
    if (Date.now() > deadlineMs)
      throw new Error('The condition did not come true.');
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

const recent = () => new Date(Date.now() - 5_000).toISOString();

/** Opens the stream and collects its events. */
async function follow(server: { address(): unknown }) {
  const address = server.address();
  const port =
    typeof address === 'object' && address !== null && 'port' in address
      ? Number(address.port)
      : 0;
  const cancel = new AbortController();
  const response = await fetch(`http://localhost:${port}/api/heat-pump/live`, {
    signal: cancel.signal,
  });
  const received = { text: '', ended: false };
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      received.text += decoder.decode(chunk, { stream: true });
    }
    received.ended = true;
  })().catch(() => {});
  stops.push(async () => {
    cancel.abort();
    await reading;
  });
  return { response, received, leave: () => cancel.abort() };
}

it('returns stored readings at the start, marked as history with their own time', async () => {
  const stored = testPump(recent(), { known: { supply_temp: 38 } });
  const { server, house } = await start({ stored: [stored] });
  await until(() => house.devices().length === 1);
  const answer = await request(server).get(
    '/api/heat-pump/devices/pump-1/latest',
  );
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    origin: 'history',
    reading: { timestamp: stored.reading.timestamp, supply_temp: 38 },
  });
});

it.each([
  '/heat-pumps/pump-1/summary',
  '/heat-pumps/pump-1/runs?from=2026-01-12T00:00:00Z',
  '/meters/meter-1/comparison',
])('says in a sentence that the Homelab API is away: %s', async path => {
  const { server } = await start();
  const answer = await request(server).get(`/api/heat-pump${path}`);
  expect(answer.status).toBe(503);
  expect(answer.body.error.message).toMatch(
    /Check that homelab-api is running/,
  );
});

it('lets a live reading replace a stored one', async () => {
  const { server, house, live } = await start({ stored: [testPump(recent())] });
  await until(() => house.devices().length === 1);
  const timestamp = new Date().toISOString();
  live.publish(testPump(timestamp, { known: { supply_temp: 41 } }));
  const answer = await request(server).get('/api/heat-pump/house');
  const parsed = houseSchema.parse(answer.body);
  expect(parsed.heatPumps[0]).toMatchObject({
    origin: 'live',
    reading: { supply_temp: 41, timestamp },
  });
});

it('shows a correct reading after one dated 20 hours ahead, and reports the clock', async () => {
  const { house, live } = await start();
  const hoursAhead = 20;
  const sentAt = recent();
  const claimed = new Date(Date.parse(sentAt) + hoursAhead * 3_600_000);
  live.publish(
    testPump(claimed.toISOString(), {
      receivedAt: sentAt,
      known: { supply_temp: 90 },
    }),
  );
  const timestamp = new Date().toISOString();
  live.publish(testPump(timestamp, { known: { supply_temp: 38 } }));
  expect(houseSchema.parse(house.house()).heatPumps).toMatchObject([
    {
      asOf: timestamp,
      clockAhead: { aheadMs: hoursAhead * 3_600_000, seenAt: sentAt },
      reading: { supply_temp: 38 },
    },
  ]);
});

it('uses the only meter as that of the house, but does not guess between two', async () => {
  const { house, live } = await start();
  live.publish(testMeter(recent()));
  expect(house.house().meter?.deviceId).toBe('meter-1');
  live.publish(testMeter(recent(), { deviceId: 'meter-2' }));
  expect(house.house().meter).toBeNull();
});

it('ignores a meter that was removed', async () => {
  const { house, live } = await start();
  live.publish(testMeter('2026-01-01T00:00:00.000Z', { deviceId: 'old' }));
  expect(house.house().meter?.deviceId).toBe('old');
  live.publish(testMeter(recent()));
  expect(house.house().meter?.deviceId).toBe('meter-1');
});

it('uses the configured meter of several', async () => {
  const { house, live } = await start({ meterDeviceId: 'meter-2' });
  live.publish(testMeter(recent()));
  live.publish(testMeter(recent(), { deviceId: 'meter-2' }));
  expect(house.house().meter?.deviceId).toBe('meter-2');
});

it('returns history with range, fields and device as requested', async () => {
  const { server, history, live } = await start();
  live.publish(testPump(recent()));
  const answer = await request(server).get(
    '/api/heat-pump/devices/pump-1/history?from=2026-01-11T00:00:00Z&to=2026-01-12T00:00:00Z&maxPoints=100&fields=supply_temp',
  );
  expect(answer.status).toBe(200);
  expect(() => historySchema.parse(answer.body)).not.toThrow();
  expect(history.queries).toEqual([
    {
      stream: 'heatpump',
      deviceId: 'pump-1',
      from: new Date('2026-01-11T00:00:00Z'),
      to: new Date('2026-01-12T00:00:00Z'),
      maxPoints: 100,
      fields: ['supply_temp'],
    },
  ]);
});

it('rejects an invalid query with 400', async () => {
  const { server, live } = await start();
  live.publish(testPump(recent()));
  const answer = await request(server).get(
    '/api/heat-pump/devices/pump-1/history?maxPoints=many',
  );
  expect(answer.status).toBe(400);
  expect(answer.body.error.message).toContain('maxPoints');
});

it('answers 404 for a device that never sent a reading', async () => {
  const { server, house } = await start();
  await until(() => house.sources().history.ok);
  const answer = await request(server).get(
    '/api/heat-pump/devices/nobody/latest',
  );
  expect(answer.status).toBe(404);
  expect(answer.body.error.message).toContain('"nobody"');
});

it('answers 503 instead while the database cannot be read', async () => {
  const { server, house } = await start({
    historyFailure: new ServiceUnavailableError('The database rests.'),
  });
  await until(() => house.sources().history.detail.includes('rests'));
  const answer = await request(server).get(
    '/api/heat-pump/devices/nobody/latest',
  );
  expect(answer.status).toBe(503);
});

it.each([
  '/devices',
  '/house',
  '/live',
  '/devices/x/latest',
  '/devices/x/history',
  '/heat-pumps/x/summary',
  '/meters/x/cost',
])('refuses %s without the permission and without a user', async path => {
  const { server } = await start({ result: AuthorizeResult.DENY });
  const url = `/api/heat-pump${path}`;
  const denied = await request(server).get(url);
  expect(denied.status).toBe(403);
  expect(denied.body.error.message).toContain('heat-pump.read');
  const nobody = await request(server)
    .get(url)
    .set('authorization', mockCredentials.none.header());
  expect(nobody.status).toBe(401);
});

describe('live', () => {
  it('sends headers that keep proxies and compression from buffering events', async () => {
    const { server } = await start();
    const { response } = await follow(server);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('cache-control')).toBe(
      'no-cache, no-transform',
    );
    expect(response.headers.get('x-accel-buffering')).toBe('no');
  });

  it('sends everything known, then each newer reading once', async () => {
    const { server, live } = await start();
    const timestamp = recent();
    live.publish(testPump(timestamp));
    const { received } = await follow(server);
    await until(() => received.text.includes('event: snapshot'));
    live.publish(testPump(timestamp));
    live.publish(
      testPump(new Date().toISOString(), { known: { supply_temp: 43.5 } }),
    );
    await until(() => received.text.includes('43.5'));
    expect(received.text.match(/event: reading/g)).toHaveLength(1);
  });

  it('sends everything again when a device sends its first reading', async () => {
    const { server, live } = await start();
    const { received } = await follow(server);
    await until(() => received.text.includes('event: snapshot'));
    live.publish(testMeter(recent()));
    await until(() => received.text.includes('meter-1'));
    expect(received.text.match(/event: snapshot/g)).toHaveLength(2);
  });

  it('reports when the live source fails', async () => {
    const { server, live } = await start();
    const { received } = await follow(server);
    await until(() => received.text.includes('event: snapshot'));
    live.setStatus({ ok: false, detail: 'Kafka is away' });
    await until(() => received.text.includes('Kafka is away'));
    expect(received.text).toContain('event: status');
  });

  it('sends heartbeats', async () => {
    const { server } = await start({ heartbeatMs: 20 });
    const { received } = await follow(server);
    await until(() => received.text.includes(': heartbeat\n\n'));
    expect(received.ended).toBe(false);
  });

  it('rejects more browsers than the limit and accepts one again when one leaves', async () => {
    const { server, liveClients } = await start({ maxClients: 1 });
    const first = await follow(server);
    const second = await follow(server);
    expect(second.response.status).toBe(503);
    first.leave();
    await until(() => liveClients.count() === 0);
    expect((await follow(server)).response.status).toBe(200);
  });

  it('ends every stream at shutdown', async () => {
    const { server, liveClients } = await start();
    const { received } = await follow(server);
    await until(() => received.text.includes('event: snapshot'));
    liveClients.close();
    await until(() => received.ended);
    expect(liveClients.count()).toBe(0);
  });
});

describe('settings', () => {
  const path = '/api/heat-pump/heat-pumps/pump/commands';
  const order = { setting: 'target_temp', value: 21, idempotency_key: 'key' };

  it('cannot be changed until the configuration says so', async () => {
    const { server } = await start();
    const response = await request(server).post(path).send(order);
    expect(response.status).toBe(403);
    expect(response.body.error.message).toContain('heatPump.settings.enabled');
  });

  it('cannot be changed without the permission', async () => {
    const denied = { result: AuthorizeResult.DENY, areSettingsOn: true };
    const { server } = await start(denied as Options);
    for (const target of [
      path,
      `${path}/7f1f5d2e-6d1c-4b3c-9f5e-0a1b2c3d4e5f/undo`,
    ])
      expect((await request(server).post(target).send(order)).status).toBe(403);
  });

  it('are changed by orders of a known form only', async () => {
    const { server } = await start({ areSettingsOn: true });
    for (const body of [
      {},
      { ...order, setting: 'other' },
      { ...order, idempotency_key: '' },
      { ...order, on_behalf_of: 'user:default/somebody-else' },
    ])
      expect((await request(server).post(path).send(body)).status).toBe(400);
    const unreachable = await request(server).post(path).send(order);
    expect(unreachable.status).toBe(503);
  });
});
