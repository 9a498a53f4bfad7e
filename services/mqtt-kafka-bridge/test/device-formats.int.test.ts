import { kafkaTopics, recordHeaders, schemaVersion } from '@homelab/telemetry';
import { eventually, fileScope, uniqueName } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDevice, ensureTopics, startBridge } from './bridge-harness.ts';
import { followTopics, valueOf, withKey } from './kafka-tail.ts';

const file = fileScope(afterAll);
beforeAll(() => ensureTopics(file));

test('each device format becomes a canonical record on the Kafka topic of its stream', async t => {
  const device = await connectDevice(t);
  const now = new Date();
  const names = {
    meter: uniqueName('meter'),
    saveeye: uniqueName('saveeye'),
    pump: uniqueName('ThermIQ_'),
    shelly: uniqueName('shellyhtg3'),
    zigbee: `floor 1/${uniqueName('zigbee')}`,
  };
  const mqttTopics = {
    meter: `homelab/energy/${names.meter}`,
    saveeye: 'saveeye/telemetry',
    pump: `${names.pump}/data`,
    shelly: `${names.shelly}/events/rpc`,
    zigbee: `zigbee2mqtt/${names.zigbee}`,
  };
  const records = await followTopics(
    t,
    Object.values(kafkaTopics),
    withKey(...Object.values(names)),
  );
  await startBridge(t, { mqttTopics: Object.values(mqttTopics) });

  await device.publish(mqttTopics.meter, {
    timestamp: now.toISOString(),
    device_id: names.meter,
    power_kw: 1.5,
    voltage: null,
  });
  await device.publish(mqttTopics.saveeye, {
    saveeyeDeviceSerialNumber: names.saveeye,
    timestamp: now.toISOString(),
    activeActualConsumption: { total: 1666 },
  });
  await device.publish(mqttTopics.pump, {
    Client_Name: names.pump,
    time: now.toLocaleString('sv-SE', { timeZone: 'Europe/Stockholm' }),
    r05: 38,
    d16: 7,
  });
  await device.publish(mqttTopics.shelly, {
    src: names.shelly,
    method: 'NotifyFullStatus',
    params: { ts: now.getTime() / 1000, 'temperature:0': { tC: 21.3 } },
  });
  await device.publish(mqttTopics.zigbee, {
    temperature: -0.5,
    last_seen: now.toISOString(),
  });

  const recordOf = (name: string) =>
    eventually(() => {
      const record = records.find(withKey(name));
      if (record === undefined) throw new Error(`No record of ${name} came.`);
      return record;
    });
  const meter = await recordOf(names.meter);
  expect(meter.topic).toBe(kafkaTopics.energy);
  expect(valueOf(meter)).toEqual({
    timestamp: now.toISOString(),
    device_id: names.meter,
    power_kw: 1.5,
  });
  const header = (name: string) => String(meter.headers[name]);
  expect(header(recordHeaders.mqttTopic)).toBe(mqttTopics.meter);
  expect(header(recordHeaders.schemaVersion)).toBe(schemaVersion);
  const delayMs = Date.parse(header(recordHeaders.receivedAt)) - now.getTime();
  expect(Math.abs(delayMs)).toBeLessThan(60_000);

  const saveeye = await recordOf(names.saveeye);
  expect(saveeye.topic).toBe(kafkaTopics.energy);
  expect(valueOf(saveeye)).toEqual({
    timestamp: now.toISOString(),
    device_id: names.saveeye,
    power_kw: 1.666,
    source: 'saveeye',
  });
  const pump = await recordOf(names.pump);
  const wholeSecond = new Date(Math.floor(now.getTime() / 1000) * 1000);
  expect(pump.topic).toBe(kafkaTopics.heatpump);
  expect(valueOf(pump)).toMatchObject({
    timestamp: wholeSecond.toISOString(),
    device_id: names.pump,
    mode: 'heating',
    supply_temp: 38,
    source: 'thermiq',
  });
  const shelly = await recordOf(names.shelly);
  expect(shelly.topic).toBe(kafkaTopics.temperature);
  expect(valueOf(shelly)).toEqual({
    timestamp: now.toISOString(),
    device_id: names.shelly,
    temperature: 21.3,
    source: 'shelly',
  });
  const zigbee = await recordOf(names.zigbee);
  expect(zigbee.topic).toBe(kafkaTopics.temperature);
  expect(valueOf(zigbee)).toEqual({
    timestamp: now.toISOString(),
    device_id: names.zigbee,
    room: names.zigbee,
    temperature: -0.5,
    source: 'zigbee2mqtt',
  });
});

test('messages of one device keep their order', async t => {
  const meter = uniqueName('meter');
  const records = await followTopics(t, [kafkaTopics.energy], withKey(meter));
  await startBridge(t, {
    mqttTopics: [`homelab/energy/${meter}`],
    env: { BRIDGE_RECEIVE_MAXIMUM: '20', BRIDGE_BATCH_RECORDS: '7' },
  });
  const device = await connectDevice(t);
  const startMs = Date.now();
  const numbers = Array.from({ length: 500 }, (_, index) => index);
  await Promise.all(
    numbers.map(number =>
      device.publish(`homelab/energy/${meter}`, {
        timestamp: new Date(startMs + number).toISOString(),
        device_id: meter,
        total_energy_kwh: number,
      }),
    ),
  );
  // A record may come twice when Kafka's answer was lost; its first place counts.
  const seen = () => [
    ...new Set(records.map(record => valueOf(record).total_energy_kwh)),
  ];
  await eventually(() => expect(seen()).toHaveLength(numbers.length), {
    timeoutMs: 30_000,
  });
  expect(seen()).toEqual(numbers);
});
