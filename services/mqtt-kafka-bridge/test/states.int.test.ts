import {
  kafkaTopics,
  recordHeaders,
  statesGroup,
  statesTopic,
} from '@homelab/telemetry';
import {
  createTestAdmin,
  eventually,
  fileScope,
  uniqueName,
} from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bridgeEnv, connectDevice, ensureTopics } from './bridge-harness.ts';
import { sessionId, startBridge } from './bridge-harness.ts';
import { startBridgeProcess, untilReady } from './bridge-process.ts';
import { followTopics, valueOf, withKey } from './kafka-tail.ts';

const file = fileScope(afterAll);
beforeAll(() => ensureTopics(file));

const env = {
  BRIDGE_STATE_INTERVAL: '1s',
  BRIDGE_STATE_SESSION_TIMEOUT: '6s',
};

/** The MQTT topic filters that select the values of one heat pump. */
const filtersOf = (pump: string) => [`${pump}/main/+`, `${pump}/s0/+/+`];

test('values of a heat pump, each acknowledged alone, become one reading at a tick', async t => {
  const pump = uniqueName('panasonic');
  const readings = await followTopics(t, [kafkaTopics.heatpump], withKey(pump));
  const bridge = await startBridge(t, { mqttTopics: filtersOf(pump), env });
  const device = await connectDevice(t);
  const before = Date.now();
  await device.publish(`${pump}/main/Outside_Temp`, '-3');
  await device.publish(`${pump}/main/Compressor_Freq`, '32');
  await device.publish(`${pump}/main/Heat_Power_Consumption`, '-200');
  await device.publish(`${pump}/s0/WatthourTotal/1`, '5368123');
  const reading = await eventually(
    () => {
      const last = readings.at(-1);
      const value = last && valueOf(last);
      if (value?.total_consumed_kwh === undefined)
        throw new Error('The reading with the last value has not come.');
      return value;
    },
    { timeoutMs: 30_000 },
  );
  expect(reading).toMatchObject({
    device_id: pump,
    source: 'heishamon',
    mode: 'heating',
    compressor_running: true,
    outdoor_temp: -3,
    total_consumed_kwh: 5368.123,
  });
  expect(reading).not.toHaveProperty('power_consumption_kw');
  const atMs = Date.parse(String(reading.timestamp));
  expect(atMs % 1_000).toBe(0);
  expect(atMs).toBeGreaterThan(before);
  expect(atMs).toBeLessThanOrEqual(Date.now());
  const receivedAt = String(readings.at(-1)?.headers[recordHeaders.receivedAt]);
  expect(Date.parse(receivedAt)).toBeLessThanOrEqual(atMs);
  expect(
    await bridge.metric('homelab_bridge_produced_total', {
      topic: statesTopic,
    }),
  ).toBe(4);
  // No value, no reading.
  const { length } = readings;
  await device.publish(`${pump}/LWT`, 'Online');
  await device.publish(`${pump}/main/Quiet_Mode_Level`, '1');
  await eventually(async () =>
    expect(await bridge.metric('homelab_bridge_ignored_total')).toBe(1),
  );
  expect(readings).toHaveLength(length);
});

test('a bridge that comes after a kill -9 knows what the one before knew', async t => {
  const pump = uniqueName('panasonic');
  const readings = await followTopics(t, [kafkaTopics.heatpump], withKey(pump));
  const device = await connectDevice(t);
  const processEnv = bridgeEnv(sessionId(t), filtersOf(pump), env);
  const first = await startBridgeProcess(t, processEnv);
  await untilReady(first);
  await device.publish(`${pump}/main/DHW_Temp`, '48');
  const has = (fields: object) =>
    eventually(() => expect(readings.map(valueOf)).toContainEqual(fields), {
      timeoutMs: 60_000,
    });
  await has(expect.objectContaining({ hot_water_temp: 48 }));
  first.kill('SIGKILL');
  await first.exited;
  await device.publish(`${pump}/main/Outside_Temp`, '7');
  await untilReady(await startBridgeProcess(t, processEnv));
  await has(expect.objectContaining({ hot_water_temp: 48, outdoor_temp: 7 }));
});

test('the group is behind nothing when every value is in a reading', async t => {
  const pump = uniqueName('panasonic');
  await startBridge(t, { mqttTopics: filtersOf(pump), env });
  const device = await connectDevice(t);
  await device.publish(`${pump}/main/DHW_Temp`, '48');
  const admin = await createTestAdmin(t);
  await eventually(
    async () => {
      const ends = await admin.topicOffsets(statesTopic);
      const stored = await admin.groupOffsets(statesGroup, [statesTopic]);
      for (const { partition, low, high } of ends) {
        if (low === high) continue;
        const offset = stored.find(one => one.partition === partition)?.offset;
        expect({ partition, offset }).toEqual({ partition, offset: high });
      }
    },
    { timeoutMs: 60_000 },
  );
});
