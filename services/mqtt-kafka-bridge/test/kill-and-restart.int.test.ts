import { setTimeout as delay } from 'node:timers/promises';
import { kafkaTopics } from '@homelab/telemetry';
import {
  eventually,
  fileScope,
  seededRandom,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bridgeEnv,
  connectDevice,
  ensureTopics,
  sessionId,
} from './bridge-harness.ts';
import { startBridgeProcess, untilReady } from './bridge-process.ts';
import { followTopics, valueOf, withKey } from './kafka-tail.ts';

const file = fileScope(afterAll);
beforeAll(() => ensureTopics(file));

const unreachable = '127.0.0.1:21499';

/** Publishes numbered messages until told to stop; gives the numbers that were acknowledged. */
async function createLedger(t: TestScope, meter: string) {
  const device = await connectDevice(t);
  const startMs = Date.now();
  const acknowledged: number[] = [];
  let next = 0;
  const takeNumbers = () => Array.from({ length: 20 }, () => next++);
  let running = true;
  const publishing = (async () => {
    while (running) {
      const numbers = takeNumbers();
      await Promise.all(
        numbers.map(async number => {
          await device.publish(`homelab/energy/${meter}`, {
            timestamp: new Date(startMs + number).toISOString(),
            device_id: meter,
            total_energy_kwh: number,
          });
          acknowledged.push(number);
        }),
      );
      await delay(5);
    }
  })();
  return {
    acknowledged,
    async stop() {
      running = false;
      await publishing;
    },
  };
}

test('killed again and again (seed 42), the bridge loses no acknowledged message', async t => {
  const meter = uniqueName('meter');
  const env = bridgeEnv(sessionId(t), [`homelab/energy/${meter}`]);
  const records = await followTopics(t, [kafkaTopics.energy], withKey(meter));
  const random = seededRandom(42);
  let bridge = await startBridgeProcess(t, env);
  await untilReady(bridge);
  const ledger = await createLedger(t, meter);
  for (let round = 0; round < 4; round += 1) {
    await delay(random.integer(20, 400));
    bridge.kill('SIGKILL');
    await bridge.exited;
    bridge = await startBridgeProcess(t, env);
    await untilReady(bridge);
  }
  await ledger.stop();
  expect(ledger.acknowledged.length).toBeGreaterThan(500);

  const stored = () =>
    new Set(records.map(record => valueOf(record).total_energy_kwh));
  await eventually(
    () => {
      const numbers = stored();
      expect(
        ledger.acknowledged.filter(number => !numbers.has(number)),
      ).toEqual([]);
    },
    { timeoutMs: 30_000 },
  );
  expect(stored()).toEqual(new Set(ledger.acknowledged));
}, 90_000);

test('SIGTERM drains and ends with exit code 0', async t => {
  const meter = uniqueName('meter');
  const env = bridgeEnv(sessionId(t), [`homelab/energy/${meter}`]);
  const bridge = await startBridgeProcess(t, env);
  await untilReady(bridge);
  const ledger = await createLedger(t, meter);
  await eventually(() =>
    expect(ledger.acknowledged.length).toBeGreaterThan(200),
  );
  bridge.kill('SIGTERM');
  expect(await bridge.exited).toEqual({ code: 0, signal: null });
  await ledger.stop();
});

test('without Kafka the bridge lives, is not ready, and keeps its MQTT session', async t => {
  const clientId = sessionId(t);
  const bridge = await startBridgeProcess(
    t,
    bridgeEnv(clientId, ['homelab/energy/nobody'], {
      KAFKA_BROKERS: unreachable,
    }),
  );
  const body = await eventually(async () => {
    const response = await fetch(`${bridge.opsUrl}/readyz`);
    const text = await response.text();
    expect(response.status).toBe(503);
    expect(text).toMatch(/"mqtt":\s*\{\s*"ok":\s*true/);
    return text;
  });
  expect(body).toContain(unreachable);
  expect((await fetch(`${bridge.opsUrl}/healthz`)).status).toBe(200);
});
