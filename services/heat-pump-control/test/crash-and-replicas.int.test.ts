import {
  createCuttingProxy,
  createMemoryLog,
  eventually,
  fileScope,
  testServers,
} from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCommandStore } from '../src/command-store.ts';
import {
  createCommands,
  playDevice,
  spawnControl,
  startControl,
} from './control-fixture.ts';
import type { Commands } from './control-fixture.ts';

const file = fileScope(afterAll);
let commands: Commands;

beforeAll(async () => {
  commands = await createCommands(file);
});

const confirmed = (id: string) =>
  eventually(async () => expect(await commands.state(id)).toBe('confirmed'), {
    timeoutMs: 15_000,
  });

test('killed between publishing and confirming, it writes nothing twice and still hears the answer', async t => {
  const thermiq = await playDevice(t);
  const heishamon = await playDevice(t);
  const first = await spawnControl(t, commands);
  await thermiq.report({ d50: 20 });
  await heishamon.publish({ DHW_Target_Temp: '48' });
  await eventually(async () => {
    expect(await commands.settings(thermiq.deviceId)).not.toEqual({});
    expect(await commands.settings(heishamon.baseTopic)).not.toEqual({});
  });
  const room = await commands.add({ deviceId: thermiq.deviceId, to: 21 });
  const water = await commands.add({
    deviceId: heishamon.baseTopic,
    setting: 'hot_water_target_temp',
    from: 48,
    to: 50,
  });
  await eventually(() => {
    expect(thermiq.writes).toHaveLength(1);
    expect(heishamon.writes).toHaveLength(1);
  });
  await first.stop('SIGKILL');
  // The gateway says it once, and nobody hears it but the broker, which retains it.
  await heishamon.publish({ DHW_Target_Temp: '50' });
  expect(await commands.state(room)).toBe('published');

  const second = await spawnControl(t, commands);
  await confirmed(water);
  await thermiq.report({ d50: 21 });
  await confirmed(room);
  expect(thermiq.writes).toHaveLength(1);
  expect(heishamon.writes).toHaveLength(1);
  expect(await second.stop('SIGTERM')).toBe(0);
});

test('one of two claims a command, and nobody one that has expired', async t => {
  const { logger } = createMemoryLog({ level: 'warn' });
  const connection = commands.database.connection('homelab_control');
  const stores = [1, 2].map(() => createCommandStore({ connection, logger }));
  for (const store of stores) t.onTestFinished(() => store.stop());
  const claim = (id: string) =>
    Promise.all(
      stores.map(store =>
        store.claim(id, { confirmTimeoutMs: 1_000, written: [] }),
      ),
    );
  const deviceId = 'nowhere';
  const open = await commands.add({ deviceId, to: 21 });
  expect((await claim(open)).filter(Boolean)).toEqual([true]);
  const late = await commands.add({ deviceId, to: 21, expiresInMs: -1 });
  expect(await claim(late)).toEqual([false, false]);
});

test('two of them write each command once', async t => {
  await startControl(t, commands);
  await startControl(t, commands);
  const devices = await Promise.all(
    Array.from({ length: 12 }, () => playDevice(t)),
  );
  for (const device of devices) await device.report({ d50: 20 });
  const ids = await Promise.all(
    devices.map(({ deviceId }) => commands.add({ deviceId, to: 21 })),
  );
  await eventually(() => {
    for (const { writes } of devices) expect(writes).not.toEqual([]);
  });
  for (const device of devices) await device.report({ d50: 21 });
  for (const id of ids) await confirmed(id);
  for (const { writes } of devices) expect(writes).toHaveLength(1);
});

test('without its database it says so, and goes on when it is back', async t => {
  const { host, port } = commands.database.connection('homelab_control');
  const proxy = await createCuttingProxy(t, `postgres://${host}:${port}`);
  const { app } = await startControl(t, commands, { database: proxy });
  const device = await playDevice(t);
  await device.report({ d50: 20 });
  proxy.cut({ refuse: true });
  await eventually(() =>
    expect(app.readiness?.()).toMatchObject({
      mqtt: { ok: true },
      timescale: { ok: false },
    }),
  );
  const id = await commands.add({ deviceId: device.deviceId, to: 21 });
  expect(device.writes).toEqual([]);
  proxy.allow();
  await eventually(() => expect(device.writes).toHaveLength(1));
  await device.report({ d50: 21 });
  await confirmed(id);
});

test('a message whose acknowledgement is lost is not sent again on the next connection', async t => {
  const proxy = await createCuttingProxy(t, testServers().mqtt.url);
  await startControl(t, commands, { mqttUrl: proxy.url });
  const device = await playDevice(t);
  const { deviceId } = device;
  await device.report({ d50: 20 });
  await eventually(async () =>
    expect(await commands.settings(deviceId)).not.toEqual({}),
  );
  proxy.swallow('answers');
  const first = await commands.add({ deviceId, to: 21 });
  await eventually(() => expect(device.writes).toHaveLength(1));
  proxy.cut();
  // As a module does every half minute: what it says while nobody listens is lost.
  await eventually(async () => {
    await device.report({ d50: 21 });
    expect(await commands.state(first)).toBe('confirmed');
  });
  await commands.add({ deviceId, from: 21, to: 22 });
  await eventually(() => expect(device.writes.length).toBeGreaterThan(1));
  expect(device.writes.map(({ payload }) => payload)).toEqual([
    '{"d50":21}',
    '{"d50":22}',
  ]);
});
