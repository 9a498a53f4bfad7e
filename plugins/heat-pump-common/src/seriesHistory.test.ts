import { seriesSchema } from '@homelab/homelab-api-client';
import { seriesHistory } from './seriesHistory';

/** An answer of the Homelab API over hours, of which some hold estimated values. */
function answer(estimated: (number | null)[]) {
  return seriesSchema.parse({
    ...{ stream: 'energy', deviceId: 'meter-1', timeZone: 'Europe/Stockholm' },
    from: '2026-10-25T00:00:00+02:00',
    to: '2026-10-26T00:00:00+01:00',
    ...{ source: 'hour', bucketSeconds: 3_600, coverage: 1, gaps: [] },
    // The hour that the clock repeats is there twice, with another offset.
    time: [
      '2026-10-25T01:00:00+02:00',
      '2026-10-25T02:00:00+02:00',
      '2026-10-25T02:00:00+01:00',
      '2026-10-25T03:00:00+01:00',
    ],
    readings: estimated.map(() => 12),
    estimated,
    series: [],
  });
}

it('joins estimated points that are beside each other, also over the repeated hour', () => {
  expect(seriesHistory(answer([0, 2, 12, null]), undefined).estimated).toEqual([
    { from: '2026-10-25T00:00:00.000Z', to: '2026-10-25T02:00:00.000Z' },
  ]);
  expect(seriesHistory(answer([1, 0, 0, 3]), undefined).estimated).toEqual([
    { from: '2026-10-24T23:00:00.000Z', to: '2026-10-25T00:00:00.000Z' },
    { from: '2026-10-25T02:00:00.000Z', to: '2026-10-25T03:00:00.000Z' },
  ]);
  expect(seriesHistory(answer([0, null, 0, 0]), undefined).estimated).toEqual(
    [],
  );
});
