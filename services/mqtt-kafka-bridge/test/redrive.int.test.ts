import type { OutgoingRecord, RecordProducer } from '@homelab/kafka';
import {
  deadLetterHeaders,
  deadLetterTopic,
  kafkaTopics,
  mqttDeliveryHeaders,
  recordHeaders,
} from '@homelab/telemetry';
import {
  createTestAdmin,
  createTestProducer,
  createTestTopics,
  eventually,
  fileScope,
  uniqueName,
} from '@homelab/test-kit';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ensureTopics, startBridge } from './bridge-harness.ts';
import { followTopics, valueOf, withKey } from './kafka-tail.ts';

const t = { onTestFinished };
const patience = { timeoutMs: 30_000 };
const receivedAt = '2026-01-12T06:31:10.123Z';

const file = fileScope(afterAll);
beforeAll(() => ensureTopics(file));

/** A Kafka topic of redriven messages and a bridge group of its own. */
async function createRedrive() {
  const { redrive: topic } = await createTestTopics(t, ['redrive'], {
    partitions: 2,
    config: { 'max.message.bytes': '2097152' },
  });
  const producer = await createTestProducer(t);
  const mqttTopics = [`homelab/energy/${uniqueName('nobody')}`];
  const redrive = { topic, groupId: uniqueName('group') };
  return {
    redrive,
    start: (options: { producer?: RecordProducer } = {}) =>
      startBridge(t, { mqttTopics, redrive, ...options }),
    /** Sends messages as a redrive does. */
    send: (
      messages: readonly {
        mqttTopic: string;
        payload: string | Buffer;
        headers?: Record<string, string>;
      }[],
    ) =>
      producer.send(
        messages.map(({ mqttTopic, payload, headers }): OutgoingRecord => ({
          topic,
          key: mqttTopic,
          value: payload,
          headers: {
            [recordHeaders.mqttTopic]: mqttTopic,
            [recordHeaders.receivedAt]: receivedAt,
            [deadLetterHeaders.redriveCount]: '1',
            ...headers,
          },
        })),
      ),
    async hasCommittedAll(): Promise<boolean> {
      const admin = await createTestAdmin(t);
      const offsets = await admin.topicOffsets(topic);
      const committed = await admin.groupOffsets(redrive.groupId, [topic]);
      return offsets.every(({ partition, high }) => {
        const done = committed.find(one => one.partition === partition);
        return (done?.offset ?? '0') === high;
      });
    },
  };
}

/** A message whose reading takes the time at which it was received. */
function thermiq(name: string, supply = 38) {
  return {
    mqttTopic: 'thermiq/heatpump/data',
    payload: JSON.stringify({ Client_Name: name, d5: supply }),
  };
}

test('a message that can be read now becomes the reading it would have been', async () => {
  const pump = uniqueName('ThermIQ_pump');
  const { start, send, hasCommittedAll } = await createRedrive();
  const readings = await followTopics(t, [kafkaTopics.heatpump], withKey(pump));
  const bridge = await start();
  await send([thermiq(pump)]);
  const [reading] = await eventually(() => {
    expect(readings).toHaveLength(1);
    return readings;
  }, patience);
  expect(reading && valueOf(reading)).toMatchObject({
    device_id: pump,
    timestamp: receivedAt,
  });
  expect(String(reading?.headers[recordHeaders.receivedAt])).toBe(receivedAt);
  await eventually(
    async () => expect(await hasCommittedAll()).toBe(true),
    patience,
  );
  const redriven = 'homelab_bridge_redriven_total';
  expect(await bridge.metric(redriven, { outcome: 'produced' })).toBe(1);
  expect(await bridge.metric(redriven)).toBe(1);
});

test('a message that still cannot be read becomes a dead letter again, counted on', async () => {
  const { start, send } = await createRedrive();
  const mqttTopic = `homelab/heatpump/${uniqueName('pump')}`;
  const letters = await followTopics(
    t,
    [deadLetterTopic(kafkaTopics.heatpump)],
    withKey(mqttTopic),
  );
  const bridge = await start();
  const beforeMs = Date.now();
  const large = Buffer.alloc(1024 * 1024, 'x');
  await send([
    {
      mqttTopic,
      payload: Buffer.from([0xff, 0x00]),
      headers: {
        [deadLetterHeaders.redriveCount]: '3',
        [mqttDeliveryHeaders.waitedSince]: '2026-01-12T05:00:00.000Z',
      },
    },
    { mqttTopic, payload: large },
  ]);
  await eventually(() => expect(letters).toHaveLength(2), patience);
  const [first, second] = letters;
  const header = (name: string) => String(first?.headers[name]);
  expect(first?.value).toEqual(Buffer.from([0xff, 0x00]));
  expect(header(deadLetterHeaders.redriveCount)).toBe('3');
  expect(header(deadLetterHeaders.originTopic)).toBe('mqtt');
  expect(header(deadLetterHeaders.firstFailedAt)).toBe(receivedAt);
  expect(header(recordHeaders.receivedAt)).toBe(receivedAt);
  expect(header(mqttDeliveryHeaders.waitedSince)).toBe(
    '2026-01-12T05:00:00.000Z',
  );
  expect(
    Date.parse(header(deadLetterHeaders.lastFailedAt)),
  ).toBeGreaterThanOrEqual(beforeMs);
  expect(second?.value?.equals(large)).toBe(true);
  await eventually(async () =>
    expect(
      await bridge.metric('homelab_bridge_redriven_total', {
        outcome: 'dead_lettered',
      }),
    ).toBe(2),
  );
});

test('a retained message without a time says nothing of now, also when redriven', async () => {
  const { start, send, hasCommittedAll } = await createRedrive();
  const bridge = await start();
  await send([
    {
      ...thermiq(uniqueName('ThermIQ_pump')),
      headers: { [mqttDeliveryHeaders.retained]: 'true' },
    },
  ]);
  await eventually(
    async () => expect(await hasCommittedAll()).toBe(true),
    patience,
  );
  expect(
    await bridge.metric('homelab_bridge_redriven_total', {
      outcome: 'ignored',
    }),
  ).toBe(1);
});

test('a bridge that dies between Kafka and its commit repeats readings that are the same', async () => {
  const { start, send, hasCommittedAll } = await createRedrive();
  const pumps = Array.from({ length: 20 }, () => uniqueName('ThermIQ_pump'));
  const readings = await followTopics(
    t,
    [kafkaTopics.heatpump],
    withKey(...pumps),
  );
  const real = await createTestProducer(t);
  const dying = await start({
    producer: {
      ...real,
      start: async () => {},
      stop: async () => {},
      async send(records) {
        await real.send(records);
        await new Promise(() => {});
      },
    },
  });
  await send(pumps.map(pump => thermiq(pump)));
  await eventually(() => expect(readings.length).toBeGreaterThan(0), patience);
  await dying.app.stop().catch(() => {});
  expect(await hasCommittedAll()).toBe(false);
  const repeatedFrom = readings.length;

  // The group first waits until the session of the dead member is over.
  await start();
  await eventually(async () => expect(await hasCommittedAll()).toBe(true), {
    timeoutMs: 60_000,
  });
  await eventually(
    () => expect(readings.length).toBe(repeatedFrom + pumps.length),
    patience,
  );
  const identities = new Set(
    readings.map(reading => {
      const { device_id: device, timestamp } = valueOf(reading);
      return `${String(device)} ${String(timestamp)}`;
    }),
  );
  expect(identities).toEqual(
    new Set(pumps.map(pump => `${pump} ${receivedAt}`)),
  );
}, 120_000);

test('what Kafka refuses waits, and readiness says why', async () => {
  const { start, send, hasCommittedAll } = await createRedrive();
  const real = await createTestProducer(t);
  let refusing = true;
  const bridge = await start({
    producer: {
      ...real,
      start: async () => {},
      stop: async () => {},
      send: records =>
        refusing ? Promise.reject(new Error('no space')) : real.send(records),
    },
  });
  await send([thermiq(uniqueName('ThermIQ_pump'))]);
  await eventually(
    () =>
      expect(bridge.app.readiness?.().kafka).toEqual({
        ok: false,
        detail: 'redriven messages wait: no space',
      }),
    patience,
  );
  refusing = false;
  await eventually(
    async () => expect(await hasCommittedAll()).toBe(true),
    patience,
  );
  await eventually(() =>
    expect(bridge.app.readiness?.().kafka).toEqual({ ok: true }),
  );
});
