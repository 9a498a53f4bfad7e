import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { deviceReadingOf, LatestReadings } from '@homelab/heat-pump';
import type { SourcedReading } from '@homelab/heat-pump';
import { createLiveClient } from '@homelab/live-client';
import type { LiveReading } from '@homelab/live-client';
import { streams } from '@homelab/telemetry';
import { eventually } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import { clock, createNeighbours, startLive } from './live-fixture.ts';

const scope = { onTestFinished };
const sinceHourAgo = clock();

/** What each device says once a second. */
const devices = Array.from({ length: 21 }, (_, index) => ({
  stream: streams[index % streams.length] ?? 'energy',
  deviceId: `device-${index}`,
}));
const warmUpSeconds = 600;
const hourSeconds = 3_600;
/** Early enough that all of it is past: what is ahead of its time is not believed. */
const at = (second: number) => sinceHourAgo(second - hourSeconds);
/** 40 bytes of each of the 75,600 readings. */
const allowedBytes = 3_000_000;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** What is in use once nothing is left to be freed. */
async function usedBytes(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    collectGarbage();
    await new Promise(setImmediate);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('an hour of readings leaves nothing behind, neither in the server nor in a client', async () => {
  const neighbours = await createNeighbours(scope);
  const token = await neighbours.addToken();
  const live = await startLive(scope, neighbours, { limits: { batchMs: 1 } });
  const client = createLiveClient({
    url: live.url,
    credentials: () => ({ bearer: token }),
  });
  // What the portal keeps of a house.
  const latest = new LatestReadings({ staleAfterMs: {} });
  let told = 0;
  const take = (readings: readonly LiveReading[]) => {
    told += readings.length;
    for (const { stream, deviceId, reading, receivedAt } of readings)
      latest.offer(
        { stream, deviceId, reading, receivedAt } as SourcedReading,
        'live',
      );
  };
  for (const stream of streams)
    client.subscribe({ stream }, { onSnapshot: take, onChanges: take });
  client.start();
  scope.onTestFinished(() => client.stop());

  const pass = async (from: number, to: number) => {
    for (let second = from; second < to; second += 1) {
      const timestamp = at(second);
      await neighbours.send(devices.map(one => ({ ...one, timestamp })));
    }
    const times = () =>
      latest.all().map(one => deviceReadingOf(one).reading.timestamp);
    await eventually(() =>
      expect(times()).toEqual(devices.map(() => at(to - 1))),
    );
    return usedBytes();
  };
  // Until then what is remembered for clients that come back fills up.
  const before = await pass(0, warmUpSeconds);
  told = 0;
  const after = await pass(warmUpSeconds, warmUpSeconds + hourSeconds);
  expect(after - before).toBeLessThan(allowedBytes);
  // Readings of a device that came at once are told as one, but not most of the hour.
  expect(told).toBeGreaterThan(hourSeconds);
}, 180_000);
