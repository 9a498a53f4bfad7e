import { temperatureReadingSchema } from '@homelab/telemetry';
import { testPump } from '../../test-readings';
import { LatestReadings, limitsFor, maxDevices } from './LatestReadings';

const at = (seconds: number) =>
  new Date(Date.UTC(2026, 0, 12, 6, 0, seconds)).toISOString();

function offerAll(latest: LatestReadings, seconds: readonly number[]) {
  return seconds.map(second => latest.offer(testPump(at(second)), 'live'));
}

it('keeps the newest by the time of measuring, whatever order they come in', () => {
  const latest = new LatestReadings({ staleAfterMs: {} });
  expect(offerAll(latest, [30, 10, 30, 40])).toEqual([
    true,
    false,
    false,
    true,
  ]);
  expect(latest.all().map(({ sourced }) => sourced.reading.timestamp)).toEqual([
    at(40),
  ]);
});

it('judges freshness by three usual intervals of the device', () => {
  const latest = new LatestReadings({ staleAfterMs: {} });
  offerAll(latest, [0, 10, 20, 30]);
  const [judged] = latest.all();
  expect(judged?.limits.staleAfterMs).toBe(30_000);
});

it('does not take the silence since the last stored reading for an interval', () => {
  const latest = new LatestReadings({ staleAfterMs: {} });
  latest.offer(testPump('2026-01-11T00:00:00.000Z'), 'history');
  offerAll(latest, [0, 10, 20, 30]);
  expect(latest.all()[0]?.limits.staleAfterMs).toBe(30_000);
});

it('obeys the configured limit', () => {
  const latest = new LatestReadings({ staleAfterMs: { heatpump: 7_000 } });
  offerAll(latest, [0, 10, 20, 30]);
  expect(latest.all()[0]?.limits).toEqual({
    staleAfterMs: 7_000,
    offlineAfterMs: 600_000,
  });
});

it.each([
  ['heatpump', [], 90_000],
  ['heatpump', [1_000, 1_000, 1_000], 15_000],
  ['energy', [400_000, 400_000, 400_000], 540_000],
  ['temperature', [1_000, 1_000, 1_000], 9_000_000],
] as const)(
  'bounds the limit of %s with gaps %p to %d ms',
  (stream, gaps, expected) => {
    expect(limitsFor(stream, gaps).staleAfterMs).toBe(expected);
  },
);

it('never calls a device offline before it is stale', () => {
  const limits = limitsFor('heatpump', [], 3_600_000);
  expect(limits.offlineAfterMs).toBeGreaterThanOrEqual(limits.staleAfterMs);
});

it('refuses devices beyond the limit and counts them, but keeps known ones going', () => {
  const latest = new LatestReadings({ staleAfterMs: {} });
  for (let index = 0; index < maxDevices; index += 1) {
    latest.offer(testPump(at(0), { deviceId: `pump-${index}` }), 'live');
  }
  expect(latest.offer(testPump(at(0), { deviceId: 'one-more' }), 'live')).toBe(
    false,
  );
  expect(latest.offer(testPump(at(1), { deviceId: 'pump-0' }), 'live')).toBe(
    true,
  );
  expect(latest.refusedCount()).toBe(1);
});

it('keeps devices of the same id in two streams apart', () => {
  const latest = new LatestReadings({ staleAfterMs: {} });
  const reading = temperatureReadingSchema.parse({
    timestamp: at(0),
    sensor_id: 'pump-1',
  });
  latest.offer(testPump(at(0)), 'live');
  latest.offer({ stream: 'temperature', deviceId: 'pump-1', reading }, 'live');
  expect(latest.all()).toHaveLength(2);
});
