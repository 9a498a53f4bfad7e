import { KafkaError } from '@homelab/kafka';
import {
  createBackoff,
  createLogLimiter,
  createRegistry,
} from '@homelab/service-kit';
import type { OutgoingRecord } from '@homelab/kafka';
import { createMemoryLog, eventually } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import { defaultLimits, routerIn } from '../test/bridge-fixtures.ts';
import { createDelivery } from './delivery.ts';
import type { AckTarget } from './delivery.ts';
import { saveeye } from './dialects/saveeye.ts';
import { createBridgeMetrics } from './metrics.ts';
import { createTranslate } from './translate-message.ts';
import type { Translate } from './translate-message.ts';

const receivedAtMs = Date.parse('2026-01-12T06:31:10Z');

/** A delivery whose sends are settled by hand. */
function setUp(
  options: {
    maxPendingMessages?: number;
    maxPendingBytes?: number;
    translate?: Translate;
  } = {},
) {
  const sends: {
    records: readonly OutgoingRecord[];
    resolve: () => void;
    reject: (error: Error) => void;
  }[] = [];
  const spaces: number[] = [];
  const registry = createRegistry('bridge');
  const metrics = createBridgeMetrics(registry, () => ({
    connected: true,
    intakePaused: false,
    pendingCount: 0,
    pendingBytes: 0,
    oldestReceivedAtMs: undefined,
  }));
  const log = createMemoryLog();
  const delivery = createDelivery({
    translate:
      options.translate ??
      createTranslate({
        router: routerIn(),
        limits: defaultLimits,
      }),
    send: records =>
      new Promise((resolve, reject) =>
        sends.push({ records, resolve, reject }),
      ),
    limits: {
      maxPendingMessages: options.maxPendingMessages ?? 100,
      maxPendingBytes: options.maxPendingBytes ?? 1e6,
      maxBatchRecords: 3,
      maxBatchBytes: 1e6,
      lingerMs: 1,
    },
    onSpace: () => spaces.push(delivery.pending().count),
    backoff: createBackoff({ minMs: 1, maxMs: 2 }),
    metrics,
    logger: log.logger,
    logLimiter: createLogLimiter(),
  });
  return { delivery, sends, spaces, registry, lines: log.lines };
}

function createTarget(options: { over?: boolean } = {}) {
  const acknowledgements: number[][] = [];
  const target: AckTarget = {
    acknowledge(ids) {
      if (options.over === true) return false;
      acknowledgements.push([...ids]);
      return true;
    },
  };
  return { target, acknowledgements };
}

const reading = (id: string) => ({
  mqttTopic: `homelab/energy/${id}`,
  payload: Buffer.from(
    JSON.stringify({
      timestamp: '2026-01-12T06:31:00Z',
      device_id: id,
      power_kw: 1,
    }),
  ),
  retained: false,
  receivedAtMs,
});
const availability = {
  mqttTopic: 'zigbee2mqtt/lamp/availability',
  payload: Buffer.from('{"state":"online"}'),
  retained: false,
  receivedAtMs,
};
const keys = (records: readonly OutgoingRecord[] | undefined) =>
  records?.map(({ key }) => key);

test('acknowledges nothing before Kafka has, then the whole batch at once, in order', async () => {
  const { delivery, sends } = setUp();
  const { target, acknowledgements } = createTarget();
  delivery.start();
  for (const id of [1, 2, 3]) delivery.accept(reading(`m${id}`), target, id);
  await eventually(() => expect(sends).toHaveLength(1));
  expect(keys(sends[0]?.records)).toEqual(['m1', 'm2', 'm3']);
  expect(acknowledgements).toEqual([]);
  expect(delivery.pending().count).toBe(3);

  sends[0]?.resolve();
  await eventually(() => expect(acknowledgements).toEqual([[1, 2, 3]]));
  expect(delivery.pending()).toMatchObject({ count: 0, bytes: 0 });
});

test('keeps one batch in flight and collects the next meanwhile', async () => {
  const { delivery, sends } = setUp();
  const { target, acknowledgements } = createTarget();
  delivery.start();
  for (const id of [1, 2, 3, 4, 5, 6, 7])
    delivery.accept(reading(`m${id}`), target, id);
  await eventually(() => expect(sends).toHaveLength(1));
  sends[0]?.resolve();
  await eventually(() => expect(sends).toHaveLength(2));
  expect(keys(sends[1]?.records)).toEqual(['m4', 'm5', 'm6']);
  expect(acknowledgements).toEqual([[1, 2, 3]]);
  sends[1]?.resolve();
  await eventually(() => expect(keys(sends[2]?.records)).toEqual(['m7']));
});

test('a message that needs no record is acknowledged in its turn, not before', async () => {
  const { delivery, sends } = setUp();
  const { target, acknowledgements } = createTarget();
  delivery.start();
  delivery.accept(availability, target, 1);
  expect(acknowledgements).toEqual([[1]]);
  delivery.accept(reading('m2'), target, 2);
  delivery.accept(availability, target, 3);
  await eventually(() => expect(sends).toHaveLength(1));
  expect(acknowledgements).toEqual([[1]]);
  sends[0]?.resolve();
  await eventually(() => expect(acknowledgements).toEqual([[1], [2, 3]]));
});

test('retries the same records in order until Kafka accepts them, and reports it', async () => {
  const { delivery, sends, registry, lines } = setUp();
  const { target, acknowledgements } = createTarget();
  delivery.start();
  for (const id of [1, 2, 3, 4]) delivery.accept(reading(`m${id}`), target, id);
  for (const attempt of [0, 1, 2]) {
    await eventually(() => expect(sends).toHaveLength(attempt + 1));
    sends[attempt]?.reject(
      new KafkaError('The broker is away.', {
        code: 'CONNECTION_FAILED',
        retryable: true,
      }),
    );
  }
  await eventually(() => expect(sends).toHaveLength(4));
  expect(sends.map(({ records }) => keys(records))).toEqual(
    Array.from({ length: 4 }, () => ['m1', 'm2', 'm3']),
  );
  expect(delivery.state()).toEqual({
    ok: false,
    detail: 'records wait: The broker is away.',
  });
  expect(acknowledgements).toEqual([]);
  expect(lines.filter(({ event }) => event === 'produce-failed')).toHaveLength(
    1,
  );

  sends[3]?.resolve();
  await eventually(() => expect(acknowledgements).toEqual([[1, 2, 3]]));
  expect(delivery.state()).toEqual({ ok: true });
  expect(await registry.metrics()).toContain(
    'homelab_bridge_produce_retries_total 3',
  );
});

test('acknowledges each connection separately and counts late acknowledgements', async () => {
  const { delivery, sends, registry } = setUp();
  const old = createTarget({ over: true });
  const fresh = createTarget();
  delivery.start();
  delivery.accept(reading('m1'), old.target, 1);
  delivery.accept(reading('m2'), old.target, 2);
  delivery.accept(reading('m1'), fresh.target, 1);
  await eventually(() => expect(sends).toHaveLength(1));
  sends[0]?.resolve();
  await eventually(() => expect(fresh.acknowledgements).toEqual([[1]]));
  expect(old.acknowledgements).toEqual([]);
  expect(await registry.metrics()).toContain(
    'homelab_bridge_stale_acks_total 2',
  );
});

test('QoS 0 needs no acknowledgement and is counted as unprotected', async () => {
  const { delivery, sends, registry } = setUp();
  const { target, acknowledgements } = createTarget();
  delivery.start();
  delivery.accept(reading('m1'), target, undefined);
  await eventually(() => expect(sends).toHaveLength(1));
  sends[0]?.resolve();
  await eventually(() => expect(delivery.pending().count).toBe(0));
  expect(acknowledgements).toEqual([]);
  expect(await registry.metrics()).toContain(
    'homelab_bridge_unprotected_total 1',
  );
});

test('is full at the limit of messages, and reports when there is room again', async () => {
  const { delivery, sends, spaces } = setUp({ maxPendingMessages: 2 });
  const { target } = createTarget();
  delivery.start();
  delivery.accept(reading('m1'), target, 1);
  expect(delivery.isFull()).toBe(false);
  delivery.accept(reading('m2'), target, 2);
  expect(delivery.isFull()).toBe(true);
  await eventually(() => expect(sends).toHaveLength(1));
  expect(spaces).toEqual([]);
  sends[0]?.resolve();
  await eventually(() => expect(spaces).toEqual([0]));
  expect(delivery.isFull()).toBe(false);
});

test('is full at the limit of bytes', () => {
  const { delivery } = setUp({ maxPendingBytes: 150 });
  const { target } = createTarget();
  delivery.accept(reading('m1'), target, 1);
  expect(delivery.isFull()).toBe(false);
  delivery.accept(reading('m2'), target, 2);
  expect(delivery.isFull()).toBe(true);
});

test('drains pending messages; after the timeout it reports how many are left', async () => {
  const { delivery, sends } = setUp();
  const { target, acknowledgements } = createTarget();
  await delivery.drain(10);
  delivery.start();
  delivery.accept(reading('m1'), target, 1);
  await expect(delivery.drain(10)).rejects.toThrow(
    /^1 messages were not acknowledged/,
  );
  const drained = delivery.drain(5000);
  sends[0]?.resolve();
  await drained;
  expect(acknowledgements).toEqual([[1]]);
});

test('sends nothing before it starts or after it stops', async () => {
  const { delivery, sends } = setUp();
  const { target, acknowledgements } = createTarget();
  for (const id of [1, 2, 3, 4]) delivery.accept(reading(`m${id}`), target, id);
  expect(sends).toEqual([]);
  delivery.start();
  await eventually(() => expect(sends).toHaveLength(1));
  delivery.stop();
  sends[0]?.resolve();
  await eventually(() => expect(acknowledgements).toEqual([[1, 2, 3]]));
  expect(sends).toHaveLength(1);
  expect(delivery.pending().count).toBe(1);
});

test('a defect of an adapter is logged and counted, and its message dead-lettered', async () => {
  const translate = createTranslate({
    router: () => ({
      dialect: saveeye,
      stream: 'energy',
      unread: undefined,
      adapter() {
        throw new TypeError('a defect');
      },
    }),
    limits: defaultLimits,
  });
  const { delivery, sends, registry, lines } = setUp({ translate });
  delivery.start();
  delivery.accept(reading('m1'), createTarget().target, 1);
  await eventually(() => expect(sends).toHaveLength(1));
  expect(sends[0]?.records[0]).toMatchObject({
    topic: 'homelab.energy.dlq',
    headers: { 'dlq-code': 'adapter_failed' },
  });
  expect(lines.filter(({ event }) => event === 'adapter-failed')).toHaveLength(
    1,
  );
  expect(await registry.metrics()).toContain(
    'homelab_bridge_rejected_total{reason="adapter_failed"} 1',
  );
});
