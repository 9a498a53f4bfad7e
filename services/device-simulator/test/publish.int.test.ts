import { createRegistry } from '@homelab/service-kit';
import { dialects } from '@homelab/mqtt-kafka-bridge/dialects';
import { canonicalMqttTopic } from '@homelab/telemetry';
import {
  connectMqtt,
  createCuttingProxy,
  createMemoryLog,
  eventually,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../src/app.ts';
import type { Config } from '../src/config.ts';
import type { HouseKind } from '../src/house-model/house-kinds.ts';
import { hourMs, minuteMs } from '../src/house-model/units.ts';

const meterTopic = 'saveeye/telemetry';

interface Received {
  mqttTopic: string;
  text: string;
}

/** Collects everything published on the test broker under the topic filters. */
async function listen(
  t: TestScope,
  filters: readonly string[],
): Promise<Received[]> {
  const received: Received[] = [];
  const monitor = await connectMqtt(t, 'monitor', {
    properties: { receiveMaximum: 1000 },
  });
  monitor.on('message', (mqttTopic, payload) => {
    received.push({ mqttTopic, text: payload.toString('utf8') });
  });
  await monitor.subscribeAsync([...filters], { qos: 1 });
  return received;
}

/** Starts a simulator whose clock runs from `startMs` in real time. */
async function startSimulator(
  t: TestScope,
  options: {
    startMs?: number;
    house?: HouseKind;
    seed?: number;
    mqttUrl?: string;
    backfillMs?: number;
    backfillScope?: Config['backfillScope'];
  },
) {
  const { mqtt } = testServers();
  const startMs = options.startMs ?? Date.now();
  const config: Config = {
    mqtt: {
      url: options.mqttUrl ?? mqtt.url,
      username: 'simulator',
      password: mqtt.passwords.simulator,
    },
    siteTimeZone: 'Europe/Stockholm',
    house: options.house ?? 'air',
    seed: options.seed ?? 1,
    speed: 1,
    backfillMs: options.backfillMs ?? 0,
    backfillScope: options.backfillScope ?? 'house',
  };
  const beganMs = Date.now();
  const registry = createRegistry('device-simulator');
  const { logger, lines } = createMemoryLog();
  const app = createApp({
    config,
    logger,
    registry,
    clientId: uniqueName('device-simulator'),
    now: () => startMs + (Date.now() - beganMs),
  });
  t.onTestFinished(() => app.stop());
  await app.start();
  return { app, registry, lines };
}

// Each test runs at its own time of 2026, so that it can tell its own messages.
const at = (text: string) => Date.parse(text);

test('live messages in JSON arrive in the formats of their devices', async t => {
  const filters = dialects
    .filter(({ name }) => name !== 'canonical')
    .flatMap(each => each.filters);
  const received = await listen(t, filters);
  const startMs = at('2026-02-01T10:00:29Z');
  const { app } = await startSimulator(t, { startMs, house: 'ground' });
  const parsed = await eventually(() => {
    const mine = received.filter(each => each.text.includes('2026-02-01'));
    const topics = new Set(mine.map(each => each.mqttTopic));
    expect([...topics]).toEqual(
      expect.arrayContaining([
        'thermiq_heatpump/data',
        meterTopic,
        'zigbee2mqtt/living_room',
        'zigbee2mqtt/bathroom',
      ]),
    );
    expect(received.map(each => each.mqttTopic)).toContain(
      'bedroom/events/rpc',
    );
    return mine.map(each => ({ ...each, payload: JSON.parse(each.text) }));
  });
  const thermiq = parsed.find(
    each => each.mqttTopic === 'thermiq_heatpump/data',
  );
  expect(thermiq?.payload).toMatchObject({
    Client_Name: 'ThermIQ_home',
    time: expect.stringMatching(/^2026-02-01 11:00:[03]0$/),
  });
  const meter = parsed.find(each => each.mqttTopic === meterTopic);
  expect(meter?.payload.timestamp).toMatch(/^2026-02-01T10:00:[0-5]0Z$/);
  expect(app.readiness?.()).toEqual({ mqtt: { ok: true } });
});

test('a gateway publishes each value by itself, retained, and its will when it stops', async t => {
  const base = 'panasonic_heat_pump';
  const received = await listen(t, [`${base}/#`]);
  const { app, registry } = await startSimulator(t, {
    startMs: at('2026-02-01T12:00:00Z'),
  });
  const lastOf = (name: string) =>
    received.findLast(each => each.mqttTopic === `${base}/${name}`)?.text;
  await eventually(() => {
    expect(lastOf('LWT')).toBe('Online');
    expect(lastOf('main/Main_Outlet_Temp')).toMatch(/^\d+\.(00|25|50|75)$/);
    expect(lastOf('main/Outside_Temp')).toMatch(/^-?\d+$/);
    expect(lastOf('s0/WatthourTotal/1')).toMatch(/^\d{8}$/);
    expect(lastOf('extra/Heat_Power_Production_Extra')).toMatch(/^\d+$/);
  });
  const lost = await registry.metrics();
  expect(lost).not.toMatch(/failures_total\{format="heishamon",[^}]*\} [1-9]/);

  const retained = await listen(t, [`${base}/#`]);
  await eventually(() => {
    const topics = new Set(retained.map(each => each.mqttTopic));
    expect(topics).toContain(`${base}/main/DHW_Temp`);
    expect(topics).toContain(`${base}/s0/WatthourTotal/1`);
  });
  await app.stop();
  await eventually(() => expect(lastOf('LWT')).toBe('Offline'));
});

test('history arrives complete and in order, and live messages continue from it', async t => {
  const startMs = at('2026-02-03T00:00:05Z');
  const meterHistory = canonicalMqttTopic('energy', 'HOME0001');
  const received = await listen(t, ['homelab/+/+', meterTopic]);
  const { lines, registry } = await startSimulator(t, {
    startMs,
    backfillMs: 6 * hourMs,
  });
  await eventually(
    () => {
      expect(lines.map(line => line.event)).toContain('history-published');
      expect(
        received.some(each => each.text.includes('2026-02-03T00:00:10Z')),
      ).toBe(true);
    },
    { timeoutMs: 30_000 },
  );
  const canonical = received
    .filter(
      each =>
        each.mqttTopic.startsWith('homelab/') &&
        /2026-02-0[23]T/.test(each.text),
    )
    .map(each => ({ mqttTopic: each.mqttTopic, ...JSON.parse(each.text) }))
    .filter(
      each =>
        each.timestamp >= '2026-02-02T18:00' && each.timestamp < '2026-02-04',
    );
  const times = canonical.map(each => each.timestamp);
  expect(times).toEqual(times.toSorted());
  const meter = canonical.filter(each => each.mqttTopic === meterHistory);
  expect(meter.map(each => each.timestamp)).toEqual(
    Array.from({ length: 361 }, (_, minute) =>
      new Date(at('2026-02-02T18:00:00Z') + minute * minuteMs).toISOString(),
    ),
  );
  const published = lines.find(
    line => line.event === 'history-published',
  )?.messages;
  expect(published).toBe(canonical.length);
  expect(await registry.metrics()).toContain(
    `published_total{format="canonical"} ${canonical.length}`,
  );
  const live = received.find(each =>
    each.text.includes('2026-02-03T00:00:10Z'),
  );
  const counted =
    JSON.parse(live?.text ?? '{}').activeTotalConsumption.total / 1000;
  const before = meter.at(-1)?.total_energy_kwh;
  expect(counted).toBeGreaterThanOrEqual(before);
  expect(counted - before).toBeLessThan(0.05);
});

test('the history of a heat pump alone leaves meter and rooms to the present', async t => {
  const startMs = at('2026-02-11T00:00:05Z');
  const received = await listen(t, ['homelab/+/+', '+/events/rpc']);
  const { lines } = await startSimulator(t, {
    startMs,
    house: 'ground',
    backfillMs: 6 * hourMs,
    backfillScope: 'heat-pump',
  });
  const history = await eventually(() => {
    const published = lines.find(line => line.event === 'history-published');
    const mine = received.filter(each => /2026-02-1[01]T/.test(each.text));
    expect(mine.length).toBeGreaterThanOrEqual(Number(published?.messages));
    expect(received.map(each => each.mqttTopic)).toContain(
      'bedroom/events/rpc',
    );
    return mine;
  });
  expect(history).toHaveLength(361);
  expect(new Set(history.map(each => each.mqttTopic))).toEqual(
    new Set([canonicalMqttTopic('heatpump', 'ThermIQ_home')]),
  );
});

test('history published again is the same', async t => {
  const startMs = at('2026-02-05T00:00:05Z');
  const received = await listen(t, ['homelab/+/+']);
  const ofThisTest = () =>
    received.filter(each => each.text.includes('2026-02-04T23:'));
  const runOnce = async () => {
    const { app, lines } = await startSimulator(t, {
      startMs,
      seed: 77,
      backfillMs: 30 * minuteMs,
    });
    await eventually(() =>
      expect(lines.map(line => line.event)).toContain('history-published'),
    );
    const published = lines.find(
      line => line.event === 'history-published',
    )?.messages;
    await app.stop();
    return Number(published);
  };
  await runOnce();
  const first = ofThisTest();
  await runOnce();
  await eventually(() => expect(ofThisTest()).toHaveLength(2 * first.length));
  expect(first.length).toBeGreaterThan(55);
  expect(ofThisTest().slice(first.length)).toEqual(first);
});

test('after a cut connection no history is lost and live messages continue', async t => {
  const startMs = at('2026-02-07T00:00:05Z');
  const link = await createCuttingProxy(t, testServers().mqtt.url);
  const received = await listen(t, [
    canonicalMqttTopic('energy', 'HOME0001'),
    meterTopic,
  ]);
  const meterHistory = () =>
    received.filter(each => /^\{"timestamp":"2026-02-0[67]/.test(each.text));
  const { app, lines } = await startSimulator(t, {
    startMs,
    mqttUrl: link.url,
    backfillMs: 24 * hourMs,
  });
  await eventually(() => expect(meterHistory().length).toBeGreaterThan(50));
  link.cut({ refuse: true });
  await eventually(() =>
    expect(app.readiness?.()).toMatchObject({ mqtt: { ok: false } }),
  );
  expect(lines.map(line => line.event)).not.toContain('history-published');
  link.allow();
  await eventually(
    () => expect(lines.map(line => line.event)).toContain('history-published'),
    { timeoutMs: 30_000 },
  );
  const minutes = new Set(
    meterHistory().map(each => JSON.parse(each.text).timestamp as string),
  );
  expect(minutes.size).toBeGreaterThanOrEqual(24 * 60 + 1);
  link.cut({ refuse: true });
  await eventually(() =>
    expect(app.readiness?.()).toMatchObject({ mqtt: { ok: false } }),
  );
  link.allow();
  const before = received.length;
  await eventually(
    () =>
      expect(received.slice(before).map(each => each.mqttTopic)).toContain(
        meterTopic,
      ),
    { timeoutMs: 30_000 },
  );
});

test('stops promptly, even without a broker', async t => {
  const link = await createCuttingProxy(t, testServers().mqtt.url);
  link.cut({ refuse: true });
  const { app } = await startSimulator(t, {
    startMs: at('2026-02-09T00:00:00Z'),
    mqttUrl: link.url,
    backfillMs: hourMs,
  });
  await eventually(() =>
    expect(app.readiness?.()).toMatchObject({ mqtt: { ok: false } }),
  );
  const beganMs = Date.now();
  await app.stop();
  await app.stop();
  expect(Date.now() - beganMs).toBeLessThan(2000);
});

test('a clock before the beginning of the house is an error at start', async t => {
  await expect(
    startSimulator(t, { startMs: at('2025-06-01T00:00:00Z') }),
  ).rejects.toThrow(/begins on 2026-01-01; set the clock/);
});

test.each([
  [
    'ground',
    'thermiq_heatpump/write',
    '{"d50":23}',
    'thermiq_heatpump/data',
    /"d50":23\b/,
  ],
  [
    'air',
    'panasonic_heat_pump/commands/SetDHWTemp',
    '53',
    'panasonic_heat_pump/main/DHW_Target_Temp',
    /^53$/,
  ],
] as const)(
  'the %s house takes a setting that is written to it, and reports it',
  async (house, writeTopic, payload, reportTopic, reported) => {
    const scope = { onTestFinished };
    const received = await listen(scope, [reportTopic]);
    // A new house is built at once, and its next message is some seconds away.
    await startSimulator(scope, { house, startMs: at('2026-01-05T10:00:20Z') });
    const control = await connectMqtt(scope, 'control');
    await eventually(
      async () => {
        // Until the house lives it takes nothing, as a device without power.
        await control.publishAsync(writeTopic, payload, { qos: 1 });
        expect(received.at(-1)?.text).toMatch(reported);
      },
      { timeoutMs: 45_000, intervalMs: 1_000 },
    );
  },
);
