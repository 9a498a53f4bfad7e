import { describe, expect, test } from 'vitest';
import { temperatureReadingSchema } from '@homelab/telemetry';
import type { HeatpumpStatus } from '@homelab/telemetry';
import { testStatus } from '../../test/test-status.ts';
import { LatestReadings, limitsFor, maxDevices } from './latest-readings.ts';
import type { SourcedReading } from './sourced-reading.ts';

function testPump(
  timestamp: string,
  options: {
    deviceId?: string;
    known?: Partial<HeatpumpStatus>;
    receivedAt?: string;
  } = {},
): SourcedReading {
  const { deviceId = 'pump-1', known, receivedAt = timestamp } = options;
  const reading = testStatus({ timestamp, device_id: deviceId, ...known });
  return { stream: 'heatpump', deviceId, reading, receivedAt };
}

const at = (seconds: number) =>
  new Date(Date.UTC(2026, 0, 12, 6) + seconds * 1000).toISOString();

function offerAll(latest: LatestReadings, seconds: readonly number[]) {
  return seconds.map(second => latest.offer(testPump(at(second)), 'live'));
}

test('keeps the newest by measurement time, whatever order they arrive in', () => {
  const latest = new LatestReadings({ staleAfterMs: {} });
  expect(offerAll(latest, [30, 10, 30, 40])).toEqual([
    'first',
    'ignored',
    'ignored',
    'newer',
  ]);
  expect(latest.all().map(({ sourced }) => sourced.reading.timestamp)).toEqual([
    at(40),
  ]);
});

test('considers a reading stale after three usual intervals of the device', () => {
  const latest = new LatestReadings({ staleAfterMs: {} });
  offerAll(latest, [0, 10, 20, 30]);
  const [judged] = latest.all();
  expect(judged?.limits.staleAfterMs).toBe(30_000);
});

test('does not count the silence since the last stored reading as an interval', () => {
  const latest = new LatestReadings({ staleAfterMs: {} });
  latest.offer(testPump('2026-01-11T00:00:00.000Z'), 'history');
  offerAll(latest, [0, 10, 20, 30]);
  expect(latest.all()[0]?.limits.staleAfterMs).toBe(30_000);
});

test('uses the configured limit', () => {
  const latest = new LatestReadings({ staleAfterMs: { heatpump: 7_000 } });
  offerAll(latest, [0, 10, 20, 30]);
  expect(latest.all()[0]?.limits).toEqual({
    staleAfterMs: 7_000,
    offlineAfterMs: 600_000,
  });
});

test.each([
  ['heatpump', [], 90_000],
  ['heatpump', [1_000, 1_000, 1_000], 15_000],
  ['energy', [400_000, 400_000, 400_000], 540_000],
  ['temperature', [1_000, 1_000, 1_000], 9_000_000],
] as const)(
  'limits staleness of %s with gaps %p to %d ms',
  (stream, gaps, expected) => {
    expect(limitsFor(stream, gaps).staleAfterMs).toBe(expected);
  },
);

test('never calls a device offline before it is stale', () => {
  const limits = limitsFor('heatpump', [], 3_600_000);
  expect(limits.offlineAfterMs).toBeGreaterThanOrEqual(limits.staleAfterMs);
});

test('rejects devices beyond the limit, but still updates known ones', () => {
  const latest = new LatestReadings({ staleAfterMs: {} });
  for (let index = 0; index < maxDevices; index += 1) {
    latest.offer(testPump(at(0), { deviceId: `pump-${index}` }), 'live');
  }
  expect(latest.offer(testPump(at(0), { deviceId: 'one-more' }), 'live')).toBe(
    'refused',
  );
  expect(latest.offer(testPump(at(1), { deviceId: 'pump-0' }), 'live')).toBe(
    'newer',
  );
});

test('distinguishes devices with the same id in two streams', () => {
  const latest = new LatestReadings({ staleAfterMs: {} });
  const reading = temperatureReadingSchema.parse({
    timestamp: at(0),
    device_id: 'pump-1',
  });
  latest.offer(testPump(at(0)), 'live');
  latest.offer(
    {
      stream: 'temperature',
      deviceId: 'pump-1',
      reading,
      receivedAt: at(0),
    },
    'live',
  );
  expect(latest.all()).toHaveLength(2);
});

describe('a clock that runs ahead', () => {
  const hour = 3600;
  const ahead = (receivedSecond: number, supplyTemp: number) =>
    testPump(at(receivedSecond + 20 * hour), {
      receivedAt: at(receivedSecond),
      known: { supply_temp: supplyTemp },
    });
  const right = (second: number, supplyTemp: number) =>
    testPump(at(second), {
      receivedAt: at(second + 1),
      known: { supply_temp: supplyTemp },
    });
  const newest = (...readings: ReturnType<typeof testPump>[]) => {
    const latest = new LatestReadings({ staleAfterMs: {} });
    for (const reading of readings) latest.offer(reading, 'live');
    return latest.all()[0];
  };

  test('does not hide correct readings, and is reported until its time has passed', () => {
    const judged = newest(ahead(0, 90), right(10, 38));
    expect(judged).toMatchObject({
      sourced: { reading: { supply_temp: 38 } },
      asOfMs: Date.parse(at(10)),
      clockAhead: { aheadMs: 20 * hour * 1000, seenMs: Date.parse(at(0)) },
    });
    const later = newest(ahead(0, 90), right(20 * hour + 1, 38));
    expect(later?.clockAhead).toBeNull();
  });

  test('loses to a correct reading of the same second', () => {
    const judged = newest(ahead(10.5, 90), right(10, 38));
    expect(judged?.sourced.reading).toMatchObject({ supply_temp: 38 });
  });

  test('still shows the newest of its own readings, with the age of their arrival', () => {
    const judged = newest(ahead(0, 30), ahead(10, 31), ahead(5, 29));
    expect(judged).toMatchObject({
      sourced: { reading: { supply_temp: 31 } },
      asOfMs: Date.parse(at(10)),
    });
  });

  test('is not reported within the tolerance of a few seconds', () => {
    const judged = newest(testPump(at(30), { receivedAt: at(0) }));
    expect(judged).toMatchObject({
      asOfMs: Date.parse(at(0)),
      clockAhead: null,
    });
  });
});

test('learns which temperatures are whole degrees', () => {
  const latest = new LatestReadings({ staleAfterMs: {} });
  const offer = (second: number, supply: number, room: number) => {
    latest.offer(
      testPump(at(second), {
        known: { supply_temp: supply, actual_temp: room, cop: 4 },
      }),
      'live',
    );
    return latest.all()[0]?.wholeFields;
  };
  expect(offer(0, 38, 20)).toEqual(['actual_temp', 'supply_temp']);
  expect(offer(10, 39, 20.4)).toEqual(['supply_temp']);
  expect(offer(20, 40, 21)).toEqual(['supply_temp']);
});

describe('two readings of one time', () => {
  const offerBoth = (second: Parameters<typeof testPump>[1]) => {
    const latest = new LatestReadings({ staleAfterMs: {} });
    latest.offer(
      testPump(at(0), { known: { supply_temp: 38, return_temp: 33 } }),
      'live',
    );
    const offered = latest.offer(testPump(at(0), second), 'live');
    return { offered, reading: latest.all()[0]?.sourced.reading };
  };

  test('are merged: the second completes and corrects, and erases nothing', () => {
    const { offered, reading } = offerBoth({
      known: { supply_temp: 39, outdoor_temp: -3 },
    });
    expect(offered).toBe('newer');
    expect(reading).toMatchObject({
      supply_temp: 39,
      return_temp: 33,
      outdoor_temp: -3,
    });
  });

  test('change nothing when the second adds nothing', () => {
    expect(offerBoth({ known: { supply_temp: 38 } }).offered).toBe('ignored');
  });
});
