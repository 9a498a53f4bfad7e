import { kafkaTopics } from '@homelab/telemetry';
import {
  createCuttingProxy,
  eventually,
  fileScope,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDevice, ensureTopics, startBridge } from './bridge-harness.ts';
import { followTopics, valueOf, withKey } from './kafka-tail.ts';

const file = fileScope(afterAll);
beforeAll(() => ensureTopics(file));

test('after cuts, a refusing broker among them, nothing published meanwhile is missing', async t => {
  const proxy = await createCuttingProxy(t, testServers().mqtt.url);
  const meter = uniqueName('meter');
  const records = await followTopics(t, [kafkaTopics.energy], withKey(meter));
  const bridge = await startBridge(t, {
    mqttTopics: [`homelab/energy/${meter}`],
    env: { MQTT_URL: proxy.url },
  });
  const device = await connectDevice(t);
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
  const times = () => new Set(records.map(record => valueOf(record).timestamp));
  await eventually(() => expect(times().size).toBe(count), {
    timeoutMs: 30_000,
  });
  expect(
    await bridge.metric('homelab_bridge_mqtt_connections_total'),
  ).toBeGreaterThanOrEqual(3);
  expect(await bridge.metric('homelab_bridge_mqtt_sessions_lost_total')).toBe(
    0,
  );
});
