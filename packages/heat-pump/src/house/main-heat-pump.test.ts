import { expect, test } from 'vitest';
import { mainHeatPump } from './main-heat-pump.ts';
import type { HeatpumpDeviceReading } from './device-readings.ts';
import { testStatus } from '../../test/test-status.ts';

const nowMs = Date.UTC(2026, 0, 12, 12);

function heatPump(deviceId: string, ageMs: number): HeatpumpDeviceReading {
  const timestamp = new Date(nowMs - ageMs).toISOString();
  return {
    stream: 'heatpump',
    deviceId,
    origin: 'live',
    asOf: timestamp,
    clockAhead: null,
    wholeFields: [],
    staleAfterMs: 90_000,
    offlineAfterMs: 600_000,
    reading: testStatus({ timestamp, device_id: deviceId }),
  };
}

test.each([
  ['the first of two that run', [heatPump('b', 1), heatPump('a', 2)], 'a'],
  ['the one that runs', [heatPump('a', 10 ** 9), heatPump('b', 1)], 'b'],
  ['a stale one still', [heatPump('a', 100_000), heatPump('b', 1)], 'a'],
  [
    'the one with the newest reading when all are offline',
    [heatPump('a', 10 ** 9), heatPump('b', 10 ** 8)],
    'b',
  ],
  ['none', [], undefined],
])('takes %s', (_, heatPumps, expected) => {
  expect(mainHeatPump(heatPumps, nowMs)?.deviceId).toBe(expected);
});
