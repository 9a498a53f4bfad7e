import { expect, test } from 'vitest';
import { settingsOf, siteClock } from '../../test/bridge-fixtures.ts';
import { shelly } from './shelly.ts';

const src = 'shellyhtg3-e4b32322a0f4';
const startS = 1_768_199_400;

function setUp({ mqttTopic = `${src}/events/rpc` } = {}) {
  const adapter = shelly.createAdapter(settingsOf(), siteClock());
  return (afterS: number, params: object, method = 'NotifyStatus') => {
    const ts = startS + afterS;
    const result = adapter({
      mqttTopic,
      payload: Buffer.from(
        JSON.stringify({ src, method, params: { ts, ...params } }),
      ),
      retained: false,
      receivedAtMs: ts * 1000,
    });
    if (result.kind !== 'observed') return result;
    const [first] = result.observations;
    return {
      timestamp: new Date(first?.measuredAtMs ?? NaN).toISOString(),
      device_id: first?.deviceId,
      temperature: null,
      ...first?.fields,
    };
  };
}

test('a change is completed with earlier values of the sensor', () => {
  const send = setUp();
  send(
    0,
    {
      'temperature:0': { tC: 21 },
      'humidity:0': { rh: 40 },
      'devicepower:0': {
        battery: { V: 5.4, percent: 87 },
        external: { present: false },
      },
    },
    'NotifyFullStatus',
  );
  expect(send(60, { 'humidity:0': { rh: 45 } })).toMatchObject({
    timestamp: '2026-01-12T06:31:00.000Z',
    temperature: 21,
    humidity: 45,
    battery: 87,
    battery_voltage: 5.4,
  });
});

test('a value past its time to live is absent', () => {
  const send = setUp();
  send(0, { 'temperature:0': { tC: 21 } });
  expect(send(3 * 3600, { 'humidity:0': { rh: 45 } })).toMatchObject({
    temperature: 21,
  });
  expect(send(3 * 3600 + 1, { 'humidity:0': { rh: 45 } })).toMatchObject({
    temperature: null,
  });
});

test('a message out of order neither uses a later value nor replaces it', () => {
  const send = setUp();
  send(60, { 'temperature:0': { tC: 22 } });
  expect(send(30, { 'temperature:0': { tC: 21 } })).toMatchObject({
    temperature: 21,
  });
  expect(send(20, { 'humidity:0': { rh: 40 } })).toMatchObject({
    temperature: null,
  });
  expect(send(90, { 'humidity:0': { rh: 41 } })).toMatchObject({
    temperature: 22,
  });
});

test('plugging in removes the battery, and a battery alone completes a known sensor', () => {
  const send = setUp();
  const power = (present: boolean) => ({
    'devicepower:0': { battery: { V: 5, percent: 80 }, external: { present } },
  });
  expect(send(0, power(false))).toEqual({
    kind: 'ignored',
    reason: 'nothing_we_read',
  });
  send(10, { 'temperature:0': { tC: 21 }, ...power(false) });
  expect(send(20, power(true))).toMatchObject({
    temperature: 21,
    battery: null,
  });
});

test.each([
  ['renamed to its room', 'living_room', 'living_room'],
  ['as it was delivered', src, null],
  ['that is empty', '', null],
  ['longer than a reading may carry', 'x'.repeat(201), null],
])('the room with an MQTT topic prefix %s', (_, prefix, room) => {
  const send = setUp({ mqttTopic: `${prefix}/events/rpc` });
  expect(send(0, { 'temperature:0': { tC: 21 } })).toMatchObject({
    device_id: src,
    room,
  });
});
