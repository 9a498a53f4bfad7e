import { energyReadingSchema } from '@homelab/telemetry';
import { expect, test } from 'vitest';
import { dayMs } from '../time/units.ts';
import type { EnergyDeviceReading } from './device-readings.ts';
import { mainMeter } from './main-meter.ts';

const nowMs = Date.UTC(2026, 0, 12, 12);

function meter(deviceId: string, ageMs: number): EnergyDeviceReading {
  const timestamp = new Date(nowMs - ageMs).toISOString();
  return {
    stream: 'energy',
    deviceId,
    origin: 'live',
    asOf: timestamp,
    clockAhead: null,
    wholeFields: [],
    staleAfterMs: 90_000,
    offlineAfterMs: 600_000,
    reading: energyReadingSchema.parse({ timestamp, device_id: deviceId }),
  };
}

test.each([
  ['the only one', [meter('a', 2 * dayMs)], undefined, 'a'],
  [
    'the one that still sends',
    [meter('a', 2 * dayMs), meter('b', 1)],
    undefined,
    'b',
  ],
  [
    'none of two that send',
    [meter('a', 1), meter('b', 1)],
    undefined,
    undefined,
  ],
  ['the configured one', [meter('a', 1), meter('b', 2 * dayMs)], 'b', 'b'],
  ['none if the configured one never sent', [meter('a', 1)], 'b', undefined],
  ['none of none', [], undefined, undefined],
])('takes %s', (_, meters, configured, expected) => {
  expect(mainMeter(meters, configured, nowMs)?.deviceId).toBe(expected);
});
