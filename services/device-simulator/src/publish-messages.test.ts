import { createMemoryLog } from '@homelab/test-kit';
import { createRegistry } from '@homelab/service-kit';
import { expect, test } from 'vitest';
import { sampleMs } from '../test/sample-house.ts';
import type { SimulatedMessage } from './devices/simulated-message.ts';
import { zigbee2MqttMessage } from './devices/zigbee2mqtt.ts';
import { createSimulatorMetrics } from './metrics.ts';
import { createMessagePublishing } from './publish-messages.ts';

interface Waiting {
  mqttTopic: string;
  acknowledge(): void;
  refuse(error: Error): void;
}

/** A publisher whose acknowledgements the test gives by hand. */
function createPublishing(connected = true) {
  const waiting: Waiting[] = [];
  const publisher = {
    connection: () => ({ ok: connected }),
    window: 3,
    get pending() {
      return waiting.length;
    },
    publish: (mqttTopic: string) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ mqttTopic, acknowledge: resolve, refuse: reject });
      }),
  };
  const registry = createRegistry('device-simulator');
  const log = createMemoryLog();
  const publishing = createMessagePublishing({
    publisher,
    metrics: createSimulatorMetrics(registry),
    logger: log.logger,
  });
  return { publishing, waiting, registry, log };
}

function messages(count: number): SimulatedMessage[] {
  return Array.from({ length: count }, (_, index) =>
    zigbee2MqttMessage(
      { temperatureC: 20, humidityPct: 40 },
      { measuredAtMs: sampleMs, linkQuality: 100, batteryPct: 90 },
      { friendlyName: `room-${index}` },
    ),
  );
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

test('history keeps its order and never exceeds the window', async () => {
  const { publishing, waiting } = createPublishing();
  const done = publishing.publishHistory(
    messages(5),
    new AbortController().signal,
  );
  await settle();
  const topics: string[] = [];
  while (waiting.length > 0) {
    expect(waiting.length).toBeLessThanOrEqual(3);
    const first = waiting.shift();
    topics.push(first?.mqttTopic ?? '');
    first?.acknowledge();
    await settle();
  }
  expect(await done).toEqual({ published: 5, refused: 0 });
  expect(topics).toEqual(
    [0, 1, 2, 3, 4].map(n => `homelab/temperature/room-${n}`),
  );
});

test('an interrupted history sends nothing more', async () => {
  const { publishing, waiting } = createPublishing();
  const stopping = new AbortController();
  const done = publishing.publishHistory(messages(9), stopping.signal);
  const failing = expect(done).rejects.toThrow();
  await settle();
  stopping.abort();
  for (const each of waiting.splice(0)) each.acknowledge();
  await failing;
  expect(waiting).toEqual([]);
});

test('a refused message is counted, logged once and skipped', async () => {
  const { publishing, waiting, registry, log } = createPublishing();
  const done = publishing.publishHistory(
    messages(3),
    new AbortController().signal,
  );
  await settle();
  waiting[0]?.refuse(new Error('Not authorized'));
  waiting[1]?.refuse(new Error('Not authorized'));
  waiting[2]?.acknowledge();
  expect(await done).toEqual({ published: 1, refused: 2 });
  expect(await registry.metrics()).toContain(
    'publish_failures_total{format="canonical",reason="refused"} 2',
  );
  expect(
    log.lines.filter(line => line.event === 'publish-failed'),
  ).toHaveLength(1);
});

test('live messages without a connection are lost and counted', async () => {
  const { publishing, waiting, registry } = createPublishing(false);
  await publishing.publishLive(messages(2));
  expect(waiting).toEqual([]);
  expect(await registry.metrics()).toContain(
    'publish_failures_total{format="zigbee2mqtt",reason="disconnected"} 2',
  );
});

test('live messages beyond the window wait for their turn, in order', async () => {
  const { publishing, waiting } = createPublishing();
  const done = publishing.publishLive(messages(5));
  await settle();
  const topics: string[] = [];
  while (waiting.length > 0) {
    expect(waiting.length).toBeLessThanOrEqual(3);
    const first = waiting.shift();
    topics.push(first?.mqttTopic ?? '');
    first?.acknowledge();
    await settle();
  }
  await done;
  expect(topics).toEqual([0, 1, 2, 3, 4].map(n => `zigbee2mqtt/room-${n}`));
});

test('live messages beyond the queue limit are lost and counted', async () => {
  const { publishing, waiting, registry } = createPublishing();
  const done = publishing.publishLive(messages(210));
  await settle();
  while (waiting.length > 0) {
    waiting.shift()?.acknowledge();
    await settle();
  }
  await done;
  const text = await registry.metrics();
  expect(text).toContain('published_total{format="zigbee2mqtt"} 200');
  expect(text).toContain('reason="disconnected"} 10');
});
