import { kafkaTopics } from '@homelab/telemetry';
import { eventually, fileScope, uniqueName } from '@homelab/test-kit';
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

const patience = { timeoutMs: 20_000 };

test('two bridges share the messages; a dead one is retired and what waited for it is not lost', async t => {
  const meter = uniqueName('meter');
  const filters = [`homelab/energy/${meter}`];
  const shared = { BRIDGE_SHARED_GROUP: uniqueName('bridges') };
  const records = await followTopics(t, [kafkaTopics.energy], withKey(meter));
  const numbers = () =>
    records.map(record => Number(valueOf(record).total_energy_kwh));
  const device = await connectDevice(t);
  let published = 0;
  const publish = async (count: number) => {
    const startMs = Date.now() - 3_600_000;
    await Promise.all(
      Array.from({ length: count }, () => {
        const number = published++;
        return device.publish(filters[0] ?? '', {
          timestamp: new Date(startMs + number).toISOString(),
          device_id: meter,
          total_energy_kwh: number,
        });
      }),
    );
  };
  const all = () => Array.from({ length: published }, (_, number) => number);
  const untilAllOnce = () =>
    eventually(
      () => expect(numbers().toSorted((a, b) => a - b)).toEqual(all()),
      patience,
    );

  const [one, other] = [sessionId(t), sessionId(t)];
  const first = await startBridgeProcess(t, bridgeEnv(one, filters, shared));
  const second = await startBridgeProcess(t, bridgeEnv(other, filters, shared));
  await Promise.all([untilReady(first), untilReady(second)]);
  await publish(400);
  await untilAllOnce();
  for (const { opsUrl } of [first, second]) {
    const metrics = await (await fetch(`${opsUrl}/metrics`)).text();
    expect(metrics).toMatch(
      /homelab_bridge_received_total\{format="canonical"\} [1-9]/,
    );
  }

  second.kill('SIGKILL');
  await second.exited;
  await publish(300);
  // The broker keeps the share of the dead one, which nobody else gets.
  const retiring = await startBridgeProcess(
    t,
    bridgeEnv(other, filters, { ...shared, BRIDGE_RETIRE: 'true' }),
  );
  expect(await retiring.exited).toEqual({ code: 0, signal: null });
  await untilAllOnce();

  await publish(100);
  await untilAllOnce();
}, 60_000);
