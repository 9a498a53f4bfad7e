import { kafkaTopics, recordHeaders, schemaVersion } from '@homelab/telemetry';
import { readTopic, uniqueName } from '@homelab/test-kit';
import type { ReadRecord, TestScope } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDevice, ensureTopics, startBridge } from './bridge-harness.ts';

beforeAll(() => ensureTopics({ onTestFinished: afterAll }));

async function recordOf(t: TestScope, topic: string, key: string): Promise<ReadRecord> {
  const isWanted = (record: ReadRecord) => record.key?.toString() === key;
  const records = await readTopic(t, { topic, until: all => all.some(isWanted) });
  const record = records.find(isWanted);
  if (record === undefined) throw new Error(`No record has the key ${key}.`);
  return record;
}

const valueOf = (record: ReadRecord) => JSON.parse(String(record.value));

test('each device format becomes a canonical record on the Kafka topic of its stream', async t => {
  await startBridge(t);
  const device = await connectDevice(t);
  const now = new Date();
  const names = {
    meter: uniqueName('meter'),
    saveeye: uniqueName('saveeye'),
    pump: uniqueName('ThermIQ_'),
    shelly: uniqueName('shellyhtg3'),
    zigbee: `floor 1/${uniqueName('zigbee')}`,
  };

  await device.publish(`homelab/energy/${names.meter}`, {
    timestamp: now.toISOString(),
    device_id: names.meter,
    power_kw: 1.5,
    voltage: null,
  });
  await device.publish('saveeye/telemetry', {
    saveeyeDeviceSerialNumber: names.saveeye,
    timestamp: now.toISOString(),
    activeActualConsumption: { total: 1666 },
  });
  await device.publish('thermiq_heatpump/data', {
    Client_Name: names.pump,
    time: now.toLocaleString('sv-SE', { timeZone: 'Europe/Stockholm' }),
    r05: 38,
    d16: 7,
  });
  await device.publish(`${names.shelly}/events/rpc`, {
    src: names.shelly,
    method: 'NotifyFullStatus',
    params: { ts: now.getTime() / 1000, 'temperature:0': { tC: 21.3 } },
  });
  await device.publish(`zigbee2mqtt/${names.zigbee}`, {
    temperature: -0.5,
    last_seen: now.toISOString(),
  });

  const energy = await recordOf(t, kafkaTopics.energy, names.meter);
  expect(valueOf(energy)).toEqual({
    timestamp: now.toISOString(),
    device_id: names.meter,
    power_kw: 1.5,
  });
  expect(String(energy.headers[recordHeaders.mqttTopic])).toBe(`homelab/energy/${names.meter}`);
  expect(String(energy.headers[recordHeaders.schemaVersion])).toBe(schemaVersion);
  const receivedAt = Date.parse(String(energy.headers[recordHeaders.receivedAt]));
  expect(Math.abs(receivedAt - now.getTime())).toBeLessThan(60_000);

  expect(valueOf(await recordOf(t, kafkaTopics.energy, names.saveeye))).toEqual({
    timestamp: now.toISOString(),
    device_id: names.saveeye,
    power_kw: 1.666,
    source: 'saveeye',
  });
  const wholeSecond = new Date(Math.floor(now.getTime() / 1000) * 1000);
  expect(valueOf(await recordOf(t, kafkaTopics.heatpump, names.pump))).toMatchObject({
    timestamp: wholeSecond.toISOString(),
    device_id: names.pump,
    mode: 'heating',
    supply_temp: 38,
    source: 'thermiq',
  });
  expect(valueOf(await recordOf(t, kafkaTopics.temperature, names.shelly))).toEqual({
    timestamp: now.toISOString(),
    sensor_id: names.shelly,
    temperature: 21.3,
    source: 'shelly',
  });
  expect(valueOf(await recordOf(t, kafkaTopics.temperature, names.zigbee))).toEqual({
    timestamp: now.toISOString(),
    sensor_id: names.zigbee,
    temperature: -0.5,
    source: 'zigbee2mqtt',
  });
});

test('messages of one device keep their order', async t => {
  await startBridge(t, { env: { BRIDGE_RECEIVE_MAXIMUM: '20', BRIDGE_BATCH_RECORDS: '7' } });
  const device = await connectDevice(t);
  const meter = uniqueName('meter');
  const startMs = Date.now();
  const count = 500;
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      device.publish(`homelab/energy/${meter}`, {
        timestamp: new Date(startMs + index).toISOString(),
        device_id: meter,
        total_energy_kwh: index,
      }),
    ),
  );
  const isMine = (record: ReadRecord) => record.key?.toString() === meter;
  const records = await readTopic(t, {
    topic: kafkaTopics.energy,
    until: all => all.filter(isMine).length >= count,
  });
  const numbers = records.filter(isMine).map(record => valueOf(record).total_energy_kwh);
  expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index));
});
