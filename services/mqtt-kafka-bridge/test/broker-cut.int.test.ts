import { kafkaTopics } from '@homelab/telemetry';
import { eventually, readTopic, testServers, uniqueName } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDevice, ensureTopics, startBridge } from './bridge-harness.ts';
import { createCuttingProxy } from './cutting-proxy.ts';

beforeAll(() => ensureTopics({ onTestFinished: afterAll }));

test('after cuts, a refusing broker among them, nothing published meanwhile is missing', async t => {
  const proxy = await createCuttingProxy(t, testServers().mqtt.url);
  const bridge = await startBridge(t, { env: { MQTT_URL: proxy.url } });
  const device = await connectDevice(t);
  const meter = uniqueName('meter');
  const startMs = Date.now();
  const count = 200;
  for (let index = 0; index < count; index += 1) {
    if (index === 50) proxy.cut();
    if (index === 100) proxy.cut({ refuse: true });
    if (index === 150) {
      expect(bridge.app.readiness?.().mqtt?.ok).toBe(false);
      proxy.allow();
    }
    await device.publish(`homelab/energy/${meter}`, {
      timestamp: new Date(startMs + index).toISOString(),
      device_id: meter,
      power_kw: 1,
    });
    if (index === 99) {
      await eventually(async () => {
        expect(bridge.app.readiness?.().mqtt?.ok).toBe(true);
      });
    }
  }
  const times = (all: readonly { key: Buffer | null; value: Buffer | null }[]) =>
    new Set(
      all
        .filter(({ key }) => key?.toString() === meter)
        .map(({ value }) => JSON.parse(String(value)).timestamp),
    );
  const records = await readTopic(t, {
    topic: kafkaTopics.energy,
    until: all => times(all).size >= count,
    timeoutMs: 30_000,
  });
  expect(times(records).size).toBe(count);
  expect(await bridge.metric('homelab_bridge_mqtt_connections_total')).toBeGreaterThanOrEqual(3);
  expect(await bridge.metric('homelab_bridge_mqtt_sessions_lost_total')).toBe(0);
});
