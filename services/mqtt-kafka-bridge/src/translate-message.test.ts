import { maxLetterPayloadBytes } from '@homelab/telemetry';
import { expect, test } from 'vitest';
import {
  defaultLimits,
  routerIn,
  settingsOf,
  siteClock,
} from '../test/bridge-fixtures.ts';
import { createRouter } from './router.ts';
import { createTranslate } from './translate-message.ts';

const receivedAtMs = Date.parse('2026-01-12T06:31:10Z');
const translate = createTranslate({
  router: routerIn(),
  limits: defaultLimits,
});

const meter = (fields: object, payload = JSON.stringify(fields)) =>
  translate({
    mqttTopic: 'homelab/energy/meter-1',
    payload: Buffer.from(payload),
    retained: false,
    receivedAtMs,
  });

test('a reading becomes one record: key, value without nulls, headers', () => {
  const { records, streams, format, outOfRangeCount } = meter({
    timestamp: '2026-01-12T06:31:00Z',
    device_id: 'meter-1',
    power_kw: 0,
    voltage: null,
    current: 9999,
  });
  expect({ streams, format, outOfRangeCount }).toEqual({
    streams: ['energy'],
    format: 'canonical',
    outOfRangeCount: 1,
  });
  expect(records).toEqual([
    {
      topic: 'homelab.energy',
      key: 'meter-1',
      value:
        '{"timestamp":"2026-01-12T06:31:00.000Z","device_id":"meter-1","power_kw":0}',
      headers: {
        'mqtt-topic': 'homelab/energy/meter-1',
        'received-at': '2026-01-12T06:31:10.000Z',
        'schema-version': '1',
      },
    },
  ]);
});

test('a dead letter keeps the bytes and names its reason', () => {
  const { records, rejected } = meter({}, '\u0000 not json \ud83d\ude00');
  expect(rejected).toBe('payload_not_json');
  expect(records).toEqual([
    {
      topic: 'homelab.energy.dlq',
      key: 'homelab/energy/meter-1',
      value: Buffer.from('\u0000 not json \ud83d\ude00'),
      headers: {
        'mqtt-topic': 'homelab/energy/meter-1',
        'received-at': '2026-01-12T06:31:10.000Z',
        'dlq-stage': 'bridge',
        'dlq-code': 'payload_not_json',
        'dlq-message': 'The payload is not JSON.',
        'dlq-origin-topic': 'mqtt',
        'dlq-origin-timestamp': '2026-01-12T06:31:10.000Z',
        'dlq-attempts': '1',
        'dlq-first-failed-at': '2026-01-12T06:31:10.000Z',
        'dlq-last-failed-at': '2026-01-12T06:31:10.000Z',
        'dlq-redrive-count': '0',
      },
    },
  ]);
});

test('zero bytes delete a retained message on any MQTT topic', () => {
  const translation = meter({}, '');
  expect(translation.ignored).toBe('retained_deleted');
  expect(translation.records).toEqual([]);
});

test('a dead letter keeps the beginning of a payload that is too large for a record, and says so', () => {
  const payload = Buffer.alloc(3_000_000, 'payload ');
  const { records, rejected } = translate({
    mqttTopic: 'homelab/energy/meter-1',
    payload,
    retained: false,
    receivedAtMs,
  });
  expect(rejected).toBe('payload_too_large');
  const kept = payload.subarray(0, maxLetterPayloadBytes);
  expect(kept.equals(Buffer.from(records[0]?.value ?? ''))).toBe(true);
  expect(records[0]?.headers?.['dlq-message']).toBe(
    'The payload has 3000000 bytes, more than 262144. The first 1310720 are kept.',
  );
});

test('a message that nobody reads is ignored whatever its size', () => {
  const translation = translate({
    mqttTopic: 'zigbee2mqtt/bridge/devices',
    payload: Buffer.alloc(1_400_000, '['),
    retained: true,
    receivedAtMs,
  });
  expect(translation.ignored).toBe('gateway');
});

test('a dead letter is keyed by its device if that is known and a valid key', () => {
  const broken = { timestamp: '2026-01-12T06:31:00Z', power_kw: 'lots' };
  expect(meter({ ...broken, device_id: 'meter-9' }).records[0]?.key).toBe(
    'meter-9',
  );
  expect(meter({ ...broken, device_id: 'm'.repeat(129) }).records[0]?.key).toBe(
    'homelab/energy/meter-1',
  );
});

test('the message of a dead letter is bounded', () => {
  const { records } = meter({
    timestamp: '2026-01-12T06:31:00Z',
    device_id: 5,
    mode: {},
  });
  expect(
    String(records[0]?.headers?.['dlq-message']).length,
  ).toBeLessThanOrEqual(500);
});

test('the time window and the payload size have exact limits', () => {
  const at = (offsetMs: number) =>
    meter({
      timestamp: new Date(receivedAtMs + offsetMs).toISOString(),
      device_id: 'meter-1',
      power_kw: 1,
    }).rejected;
  expect(at(-defaultLimits.maxAgeMs)).toBeUndefined();
  expect(at(-defaultLimits.maxAgeMs - 1)).toBe('timestamp_out_of_window');
  expect(at(defaultLimits.maxAheadMs)).toBeUndefined();
  expect(at(defaultLimits.maxAheadMs + 1)).toBe('timestamp_out_of_window');

  const start =
    '{"timestamp":"2026-01-12T06:31:00Z","device_id":"meter-1","power_kw":1,"pad":"';
  const sized = (bytes: number) =>
    meter({}, `${start.padEnd(bytes - 2, 'x')}"}`).rejected;
  expect(sized(defaultLimits.maxPayloadBytes)).toBeUndefined();
  expect(sized(defaultLimits.maxPayloadBytes + 1)).toBe('payload_too_large');
});

test('any ThermIQ name is accepted when the prefix is empty; 0 is named by its MQTT topic', () => {
  const anyClient = createTranslate({
    router: createRouter({
      settings: settingsOf({ BRIDGE_THERMIQ_ANY_CLIENT: 'true' }),
      clock: siteClock(),
    }),
    limits: defaultLimits,
  });
  const keyOf = (fields: object) =>
    anyClient({
      mqttTopic: 'ThermIQ/room2/data',
      payload: Buffer.from(JSON.stringify({ d5: 38, ...fields })),
      retained: false,
      receivedAtMs,
    }).records[0]?.key;
  expect(keyOf({ Client_Name: 'my pump' })).toBe('my pump');
  expect(keyOf({ Client_Name: 0 })).toBe('ThermIQ/room2');
  expect(keyOf({})).toBe('ThermIQ/room2');
});

// Koenkk/zigbee2mqtt issues 20481 and 6937: `ISO_8601_local` has whole seconds.
test('all messages of the same second are passed on, in order', () => {
  const state = (humidity: number) =>
    translate({
      mqttTopic: 'zigbee2mqtt/hall',
      payload: Buffer.from(
        `{"last_seen":"2026-01-12T07:31:00+01:00","humidity":${humidity}}`,
      ),
      retained: false,
      receivedAtMs,
    }).records.map(({ key, value }) => [key, JSON.parse(String(value))]);
  const timestamp = '2026-01-12T06:31:00.000Z';
  for (const humidity of [61.85, 62.02, 62.02])
    expect(state(humidity)).toMatchObject([['hall', { timestamp, humidity }]]);
});
