import type { OutgoingRecord, RecordProducer } from '@homelab/kafka';
import { eventually, fileScope, uniqueName } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  connectDevice,
  ensureTopics,
  sessionId,
  startBridge,
} from './bridge-harness.ts';

const file = fileScope(afterAll);
beforeAll(() => ensureTopics(file));

/** A producer that records what it is given and acknowledges when told to. */
function createHeldProducer(options: { holding: boolean }) {
  const records: OutgoingRecord[] = [];
  const waiting: (() => void)[] = [];
  let { holding } = options;
  const producer: RecordProducer = {
    start: async () => {},
    stop: async () => {},
    state: () => ({ ok: true }),
    send(sent) {
      records.push(...sent);
      return holding
        ? new Promise(resolve => waiting.push(resolve))
        : Promise.resolve();
    },
  };
  return {
    producer,
    records,
    keys: (prefix: string) =>
      records
        .map(({ key }) => String(key))
        .filter(key => key.startsWith(prefix)),
    letGo() {
      holding = false;
      for (const acknowledge of waiting.splice(0)) acknowledge();
    },
  };
}

async function publishMeters(
  t: TestScope,
  prefix: string,
  count: number,
  mqttTopic = `homelab/energy/${prefix}`,
): Promise<string[]> {
  const device = await connectDevice(t);
  const names = Array.from(
    { length: count },
    (_, index) => `${prefix}-${index}`,
  );
  for (const name of names) {
    await device.publish(mqttTopic, {
      timestamp: new Date().toISOString(),
      device_id: name,
      power_kw: 1,
    });
  }
  return names;
}

test('what Kafka has not acknowledged is delivered again, what it has is not', async t => {
  const clientId = sessionId(t);
  const prefix = uniqueName('held');
  const stalled = createHeldProducer({ holding: true });
  const first = await startBridge(t, {
    mqttTopics: [`homelab/energy/${prefix}`],
    clientId,
    producer: stalled.producer,
    env: { BRIDGE_DRAIN_TIMEOUT: '50ms' },
  });
  const names = await publishMeters(t, prefix, 30);
  await eventually(async () => {
    expect(
      await first.metric('homelab_bridge_in_flight'),
    ).toBeGreaterThanOrEqual(30);
  });
  await expect(first.app.stop()).rejects.toThrow(
    /30 messages were not acknowledged/,
  );

  const working = createHeldProducer({ holding: false });
  const second = await startBridge(t, {
    mqttTopics: [`homelab/energy/${prefix}`],
    clientId,
    producer: working.producer,
  });
  await eventually(() => expect(working.keys(prefix)).toEqual(names));
  await second.app.stop();

  const third = createHeldProducer({ holding: false });
  await startBridge(t, {
    mqttTopics: [`homelab/energy/${prefix}`],
    clientId,
    producer: third.producer,
  });
  const [later] = await publishMeters(
    t,
    `${prefix}-later`,
    1,
    `homelab/energy/${prefix}`,
  );
  await eventually(() => expect(third.keys(prefix)).toEqual([later]));
});

test('no more than the receive window is taken in while Kafka is silent, all of it after', async t => {
  const prefix = uniqueName('window');
  const stalled = createHeldProducer({ holding: true });
  const bridge = await startBridge(t, {
    mqttTopics: [`homelab/energy/${prefix}`],
    producer: stalled.producer,
    env: { BRIDGE_RECEIVE_MAXIMUM: '10' },
  });
  const names = await publishMeters(t, prefix, 40);
  await eventually(async () => {
    expect(await bridge.metric('homelab_bridge_in_flight')).toBe(10);
  });
  expect(stalled.keys(prefix).length).toBeLessThanOrEqual(10);
  stalled.letGo();
  await eventually(() => expect(stalled.keys(prefix)).toEqual(names));
  await eventually(async () => {
    expect(await bridge.metric('homelab_bridge_in_flight')).toBe(0);
  });
});

test('intake pauses at the limit of pending messages and goes on when Kafka answers', async t => {
  const prefix = uniqueName('limit');
  const stalled = createHeldProducer({ holding: true });
  const bridge = await startBridge(t, {
    mqttTopics: [`homelab/energy/${prefix}`],
    producer: stalled.producer,
    env: { BRIDGE_MAX_PENDING_MESSAGES: '5', BRIDGE_KEEP_ALIVE: '1s' },
  });
  const names = await publishMeters(t, prefix, 40);
  await eventually(async () => {
    expect(await bridge.metric('homelab_bridge_intake_paused')).toBe(1);
  });
  expect(await bridge.metric('homelab_bridge_in_flight')).toBe(5);
  expect(await bridge.metric('homelab_bridge_mqtt_connected')).toBe(1);
  stalled.letGo();
  await eventually(() => expect(stalled.keys(prefix)).toEqual(names));
  expect(await bridge.metric('homelab_bridge_intake_paused')).toBe(0);
  expect(await bridge.metric('homelab_bridge_mqtt_connections_total')).toBe(1);
});
