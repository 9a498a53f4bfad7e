import { setTimeout as delay } from 'node:timers/promises';
import type { Registry } from '@homelab/service-kit';
import { eventually, fileScope } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  clock,
  createNeighbours,
  follow,
  metric,
  openRaw,
  startLive,
} from './live-fixture.ts';
import type { Neighbours, RawClient } from './live-fixture.ts';

const file = fileScope(afterAll);
const scope = { onTestFinished };
const at = clock();
const deviceCount = 40;
let neighbours: Neighbours;
let token: string;
let second = 0;

beforeAll(async () => {
  neighbours = await createNeighbours(file);
  token = await neighbours.addToken();
  await sendAll();
}, 120_000);

/** The next reading of every device, with text enough to fill buffers. */
async function sendAll(): Promise<string> {
  second += 1;
  const timestamp = at(second);
  await neighbours.send(
    Array.from({ length: deviceCount }, (_, index) => ({
      stream: 'heatpump',
      deviceId: `pump-${index}`,
      timestamp,
      alarm_codes: Array.from({ length: 10 }, () => 'x'.repeat(100)),
    })),
  );
  return timestamp;
}

const subscribe = { type: 'subscribe', id: 'a', stream: 'heatpump' };

/** A client that reads nothing after its snapshot, and shares no frames with others. */
async function openStalled(url: string): Promise<RawClient> {
  const raw = await openRaw(scope, url, { token });
  raw.send({ ...subscribe, fields: ['alarm_codes'] });
  await raw.frame('snapshot');
  raw.socket.pause();
  return raw;
}

async function countFrames(registry: Registry) {
  return {
    encoded: await metric(registry, 'frames_encoded_total'),
    sent: await metric(registry, 'frames_sent_total'),
  };
}

/** Sends until it holds; what is in between waits for nobody. */
async function sendUntil(check: () => Promise<boolean>): Promise<string> {
  for (let round = 0; round < 1_500; round += 1) {
    const timestamp = await sendAll();
    if (await check()) return timestamp;
  }
  throw new Error('It did not happen.');
}

test('a stalled client falls back to the newest of each device, and the others notice nothing', async () => {
  const live = await startLive(scope, neighbours, { limits: { batchMs: 1 } });
  const good = follow(scope, { url: live.url, token, stream: 'heatpump' });
  await eventually(() => expect(good.snapshots()).toBe(1));
  const stalled = await openStalled(live.url);
  const conflations = () => metric(live.registry, 'conflations_total');
  await sendUntil(async () => (await conflations()) > 0);
  const before = await countFrames(live.registry);
  const last = await sendAll();
  const isTold = (readings: readonly { reading: { timestamp: string } }[]) =>
    expect(
      readings.filter(({ reading }) => reading.timestamp === last),
    ).toHaveLength(deviceCount);
  await eventually(() => isTold(good.readings));
  expect(good.snapshots()).toBe(1);
  const after = await countFrames(live.registry);
  // For the stalled one nothing is encoded in vain.
  expect(after.encoded - before.encoded).toBe(after.sent - before.sent);

  stalled.socket.resume();
  const told = () =>
    stalled.frames.flatMap(frame =>
      frame.type === 'changes' ? frame.readings : [],
    );
  await eventually(() => isTold(told()));
  const joined = stalled.frames.reduce(
    (sum, frame) => sum + (frame.type === 'changes' ? frame.joined : 0),
    0,
  );
  expect(joined).toBeGreaterThan(0);
  // From then on it gets what all get.
  const next = await sendAll();
  await eventually(() => expect(told().at(-1)?.reading.timestamp).toBe(next));
  expect(stalled.frames.some(({ type }) => type === 'error')).toBe(false);
}, 120_000);

test('over the hard limit a client is told to come back later', async () => {
  const live = await startLive(scope, neighbours, {
    limits: { batchMs: 1, softBytes: 60_000, hardBytes: 61_000 },
  });
  const stalled = await openStalled(live.url);
  await sendUntil(
    async () =>
      (await metric(live.registry, 'closed_total', { code: 'too_slow' })) > 0,
  );
  stalled.socket.resume();
  expect(await stalled.ended()).toEqual({ error: 'too_slow', closeCode: 1013 });
  await eventually(async () =>
    expect(await metric(live.registry, 'connections')).toBe(0),
  );
}, 120_000);

test('a client that answers no ping is let go, others stay', async () => {
  const live = await startLive(scope, neighbours, { limits: { pingMs: 100 } });
  const dead = await openRaw(scope, live.url, { token });
  const alive = await openRaw(scope, live.url, { token });
  dead.socket.pause();
  await eventually(async () => {
    expect(await metric(live.registry, 'silent_total')).toBe(1);
    expect(await metric(live.registry, 'connections')).toBe(1);
  });
  alive.send({ type: 'ping' });
  await alive.frame('pong');
});

test('a thousand clients that come at once and leave again leave nothing behind', async () => {
  const live = await startLive(scope, neighbours);
  const count = 1_000;
  const openLater = async (waitMs: number) => {
    await delay(waitMs);
    const raw = await openRaw(scope, live.url, { token });
    raw.send(subscribe);
    return raw;
  };
  for (let round = 0; round < 2; round += 1) {
    const clients = await Promise.all(
      Array.from({ length: count }, (_, index) => openLater(index / 2)),
    );
    await Promise.all(clients.map(raw => raw.frame('snapshot')));
    expect(await metric(live.registry, 'connections')).toBe(count);
    expect(await metric(live.registry, 'channels')).toBe(1);
    for (const raw of clients) raw.socket.terminate();
    await eventually(async () => {
      for (const name of ['connections', 'subscriptions', 'channels'])
        expect(await metric(live.registry, name)).toBe(0);
    });
  }
  expect(live.log).toEqual([]);
}, 120_000);
