import { kafkaTopics, recordHeaders } from '@homelab/telemetry';
import { readRecord } from './readRecord';

const value = (fields: object) => Buffer.from(JSON.stringify(fields));
const time = '2026-01-12T06:31:00Z';
const nowMs = Date.parse('2026-01-12T06:32:00Z');

function read(topic: string, bytes: Buffer | null, receivedAt?: string) {
  const headers: Record<string, Buffer> = {};
  if (receivedAt !== undefined) {
    headers[recordHeaders.receivedAt] = Buffer.from(receivedAt);
  }
  const record = { offset: '0', timestampMs: 0, key: null, value: bytes };
  return readRecord(topic, { ...record, headers }, nowMs);
}

it.each([
  [kafkaTopics.heatpump, { timestamp: time, device_id: 'a' }, 'heatpump'],
  [kafkaTopics.energy, { timestamp: time, device_id: 'a' }, 'energy'],
  [kafkaTopics.temperature, { timestamp: time, device_id: 'a' }, 'temperature'],
])('reads a record of %s', (topic, fields, stream) => {
  expect(read(topic, value(fields))).toMatchObject({ stream, deviceId: 'a' });
});

it.each([
  ['as noted', '2026-01-12T06:31:01.000Z', '2026-01-12T06:31:01.000Z'],
  ['now when nothing is noted', undefined, '2026-01-12T06:32:00.000Z'],
  ['now when no time is noted', 'soon', '2026-01-12T06:32:00.000Z'],
  ['now at the latest', '2027-01-01T00:00:00Z', '2026-01-12T06:32:00.000Z'],
])('takes the arrival %s', (_, noted, expected) => {
  const bytes = value({ timestamp: time, device_id: 'a' });
  expect(read(kafkaTopics.energy, bytes, noted)?.receivedAt).toBe(expected);
});

it.each([
  ['no value', kafkaTopics.heatpump, null],
  ['no JSON', kafkaTopics.heatpump, Buffer.from('\u0000{')],
  ['no device', kafkaTopics.heatpump, value({ timestamp: time })],
  [
    'another Kafka topic',
    'homelab.other',
    value({ timestamp: time, device_id: 'a' }),
  ],
])('takes %s for no reading', (_, topic, bytes) => {
  expect(read(topic, bytes)).toBeUndefined();
});
