import { kafkaTopics } from '@homelab/telemetry';
import { readRecord } from './readRecord';

const value = (fields: object) => Buffer.from(JSON.stringify(fields));
const time = '2026-01-12T06:31:00Z';

it.each([
  [kafkaTopics.heatpump, { timestamp: time, device_id: 'a' }, 'heatpump'],
  [kafkaTopics.energy, { timestamp: time, device_id: 'a' }, 'energy'],
  [kafkaTopics.temperature, { timestamp: time, sensor_id: 'a' }, 'temperature'],
])('reads a record of %s', (topic, fields, stream) => {
  expect(readRecord(topic, value(fields))).toMatchObject({
    stream,
    deviceId: 'a',
  });
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
  expect(readRecord(topic, bytes)).toBeUndefined();
});
