import {
  deadLetterHeaders,
  deadLetterTopic,
  ingestDeadLetterTopic,
  kafkaTopics,
  recordHeaders,
} from '@homelab/telemetry';
import { readTopic, seededRandom, uniqueName } from '@homelab/test-kit';
import type { ReadRecord, TestScope } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDevice, ensureTopics, startBridge } from './bridge-harness.ts';

beforeAll(() => ensureTopics({ onTestFinished: afterAll }));

async function letterOf(t: TestScope, topic: string, bytes: Buffer): Promise<ReadRecord> {
  const isWanted = ({ value }: ReadRecord) => value !== null && value.equals(bytes);
  const records = await readTopic(t, { topic, until: all => all.some(isWanted) });
  const record = records.find(isWanted);
  if (record === undefined) throw new Error('The dead letter has gone.');
  return record;
}

test('an unreadable payload goes to the dead-letter topic of its stream, bytes untouched', async t => {
  const bridge = await startBridge(t);
  const device = await connectDevice(t);
  const garbage = Buffer.concat([
    Buffer.from(uniqueName('garbage')),
    seededRandom(7).bytes(2000),
    Buffer.from([0, 255, 254, 10]),
  ]);
  const mqttTopic = `homelab/heatpump/${uniqueName('pump')}`;
  await device.publish(mqttTopic, garbage);

  const letter = await letterOf(t, deadLetterTopic(kafkaTopics.heatpump), garbage);
  const header = (name: string) => String(letter.headers[name]);
  expect(letter.key?.toString()).toBe(mqttTopic);
  expect(header(recordHeaders.mqttTopic)).toBe(mqttTopic);
  expect(header(deadLetterHeaders.code)).toBe('payload_not_json');
  expect(header(deadLetterHeaders.stage)).toBe('bridge');
  expect(header(deadLetterHeaders.originTopic)).toBe('mqtt');
  expect(header(deadLetterHeaders.attempts)).toBe('1');
  expect(header(deadLetterHeaders.message)).not.toBe('');
  expect(Date.parse(header(deadLetterHeaders.firstFailedAt))).toBeGreaterThan(0);
  expect(await bridge.metric('homelab_bridge_rejected_total')).toBeGreaterThanOrEqual(1);
});

test('a message of a stream that does not exist goes to the ingest dead-letter topic', async t => {
  await startBridge(t);
  const device = await connectDevice(t);
  const payload = Buffer.from(JSON.stringify({ wind: uniqueName('wind') }));
  await device.publish(`homelab/weather/${uniqueName('station')}`, payload);
  const letter = await letterOf(t, ingestDeadLetterTopic, payload);
  expect(String(letter.headers[deadLetterHeaders.code])).toBe('mqtt_topic_unknown');
});

test('a payload over the limit is kept whole, and good messages behind it pass', async t => {
  await startBridge(t);
  const device = await connectDevice(t);
  const meter = uniqueName('meter');
  const large = Buffer.from(uniqueName('large').padEnd(700_000, 'x'));
  await device.publish(`homelab/energy/${meter}`, large);
  await device.publish(`homelab/energy/${meter}`, '');
  await device.publish(`homelab/energy/${meter}`, {
    timestamp: new Date().toISOString(),
    device_id: meter,
    power_kw: 2,
  });
  const letter = await letterOf(t, deadLetterTopic(kafkaTopics.energy), large);
  expect(String(letter.headers[deadLetterHeaders.code])).toBe('payload_too_large');
  const records = await readTopic(t, {
    topic: kafkaTopics.energy,
    until: all => all.some(({ key }) => key?.toString() === meter),
  });
  expect(records.length).toBeGreaterThan(0);
});
