import { expect, test } from 'vitest';
import { sampleHouse, sampleMs } from '../../test/sample-house.ts';
import { createRandom } from '../house-model/random.ts';
import { climateOf } from './climate.ts';
import { reportsNow } from './report-on-change.ts';
import type { ReportRule } from './report-on-change.ts';
import { shellyHtMessage } from './shelly-ht.ts';
import { zigbee2MqttMessage } from './zigbee2mqtt.ts';

const climate = { temperatureC: 21.337, humidityPct: 44.68 };

test('a Shelly H&T sends everything when it wakes up: seconds since 1970 and tenths', () => {
  const message = shellyHtMessage(
    climate,
    { measuredAtMs: sampleMs, rssi: -55, batteryPct: 50 },
    { id: 'shellyhtg3-5ecda1000001', mqttTopicPrefix: 'bedroom' },
  );
  expect(message.mqttTopic).toBe('bedroom/events/rpc');
  expect(message.payload).toMatchObject({
    src: 'shellyhtg3-5ecda1000001',
    dst: 'bedroom/events',
    method: 'NotifyFullStatus',
    params: {
      ts: sampleMs / 1000,
      'devicepower:0': {
        battery: { V: 5.4, percent: 50 },
        external: { present: false },
      },
      'temperature:0': { tC: 21.3, tF: 70.3 },
      'humidity:0': { rh: 44.7 },
      wifi: { rssi: -55 },
    },
  });
});

test('Zigbee2MQTT publishes the state of a sensor under its friendly name', () => {
  const message = zigbee2MqttMessage(
    climate,
    { measuredAtMs: sampleMs, linkQuality: 120, batteryPct: 97 },
    { friendlyName: 'living_room' },
  );
  expect(message.mqttTopic).toBe('zigbee2mqtt/living_room');
  expect(message.payload).toEqual({
    battery: 97,
    humidity: 44.68,
    last_seen: '2026-01-12T06:31:00.000Z',
    linkquality: 120,
    temperature: 21.34,
    voltage: 3082,
  });
});

const rule: ReportRule = {
  temperatureStepK: 0.5,
  humidityStepPct: 5,
  minIntervalMs: 60_000,
  forcedEveryMs: 7_200_000,
  forcedShiftMs: 600_000,
};
const atMs = 7_200_000 * 100;
const last = { temperatureC: 20, humidityPct: 50, atMs };

test.each([
  [
    'a small change is not reported',
    { temperatureC: 20.4, humidityPct: 54 },
    60_000,
    false,
  ],
  [
    'half a degree is reported',
    { temperatureC: 20.5, humidityPct: 50 },
    60_000,
    true,
  ],
  ['and so is a fall', { temperatureC: 19.5, humidityPct: 50 }, 60_000, true],
  [
    'five percent are reported',
    { temperatureC: 20, humidityPct: 55 },
    60_000,
    true,
  ],
  [
    'but not twice within the interval',
    { temperatureC: 25, humidityPct: 90 },
    59_000,
    false,
  ],
  [
    'everything is reported at the forced time',
    { temperatureC: 20, humidityPct: 50 },
    600_000,
    true,
  ],
] as const)('%s', (_, now, afterMs, expected) => {
  expect(reportsNow(rule, last, now, atMs + afterMs)).toBe(expected);
});

test('a sensor that has not reported yet waits for its forced time', () => {
  expect(reportsNow(rule, undefined, climate, atMs)).toBe(false);
  expect(reportsNow(rule, undefined, climate, atMs + 600_000)).toBe(true);
});

test('a shower raises the humidity of the bathroom far more than elsewhere', () => {
  const dry = sampleHouse();
  const steamy = { ...dry, steamGPerM3: 4 };
  const rises = [1, 0.03].map(steamShare => {
    const room = { name: 'room', offsetK: 0, steamShare };
    const random = createRandom(1);
    return (
      climateOf(steamy, room, random).humidityPct -
      climateOf(dry, room, random).humidityPct
    );
  });
  expect(rises[0]).toBeGreaterThan(15);
  expect(rises[1]).toBeGreaterThan(0);
  expect(rises[1]).toBeLessThan(2);
});
