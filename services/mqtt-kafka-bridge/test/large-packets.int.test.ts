import { kafkaTopics } from '@homelab/telemetry';
import {
  connectMqtt,
  eventually,
  fileScope,
  uniqueName,
} from '@homelab/test-kit';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ensureTopics, startBridge } from './bridge-harness.ts';
import { followTopics, withKey } from './kafka-tail.ts';

const t = { onTestFinished };
const retained = { qos: 1, retain: true } as const;

const file = fileScope(afterAll);
beforeAll(() => ensureTopics(file));

// Koenkk/zigbee2mqtt issues 24625, 13030 and 4290.
test('a gateway of MQTT 3.1.1 keeps its connection whatever it retains, and is heard behind it', async () => {
  const list = `zigbee2mqtt/bridge/${uniqueName('devices')}`;
  const meter = uniqueName('meter');
  const mqttTopic = `homelab/energy/${meter}`;
  const readings = await followTopics(t, [kafkaTopics.energy], withKey(meter));
  const bridge = await startBridge(t, { mqttTopics: [list, mqttTopic] });
  const gateway = await connectMqtt(t, 'devices', {
    protocolVersion: 4,
    reconnectPeriod: 0,
  });
  onTestFinished(() => gateway.publishAsync(list, '', retained).then(() => {}));
  let closed = 0;
  gateway.on('close', () => (closed += 1));

  for (const bytes of [10_000, 360_000, 1_400_000, 4_000_000])
    await gateway.publishAsync(list, Buffer.alloc(bytes, '['), retained);
  await gateway.publishAsync(mqttTopic, '', retained);
  const reading = { timestamp: new Date().toISOString(), device_id: meter };
  await gateway.publishAsync(
    mqttTopic,
    JSON.stringify({ ...reading, power_kw: 2 }),
    { qos: 1 },
  );

  await eventually(() => expect(readings).toHaveLength(1));
  expect(closed).toBe(0);
  const ignored = (reason: string) =>
    bridge.metric('homelab_bridge_ignored_total', { reason });
  expect(await ignored('gateway')).toBe(4);
  expect(await ignored('retained_deleted')).toBe(1);
  expect(await bridge.metric('homelab_bridge_rejected_total')).toBe(0);

  // A bridge that comes later gets the retained list and is not held up by it.
  const second = await startBridge(t, { mqttTopics: [list] });
  await eventually(async () =>
    expect(
      await second.metric('homelab_bridge_ignored_total', {
        reason: 'gateway',
      }),
    ).toBe(1),
  );
});
