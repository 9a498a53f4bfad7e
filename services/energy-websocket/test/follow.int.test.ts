import { eventually, fileScope } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  clock,
  createNeighbours,
  createRoundRobin,
  follow,
  metric,
  openRaw,
  startLive,
} from './live-fixture.ts';
import type { Neighbours, Sent, TestLive } from './live-fixture.ts';

const file = fileScope(afterAll);
const scope = { onTestFinished };
const at = clock();
let neighbours: Neighbours;
let live: TestLive;
let token: string;
let devices = 0;

beforeAll(async () => {
  neighbours = await createNeighbours(file);
  await storeReading('stored', at(-7_200));
  await neighbours.send([{ deviceId: 'earlier', timestamp: at(0) }]);
  live = await startLive(file, neighbours);
  token = await neighbours.addToken();
}, 120_000);

async function storeReading(deviceId: string, time: string): Promise<void> {
  const sink = await neighbours.database.connect('homelab_sink');
  await sink.query(
    `INSERT INTO energy_readings (time, device_id, power_kw, received_at)
     VALUES ($1, $2, 0.5, $1)`,
    [time, deviceId],
  );
}

/** A device of its own for each test, known to the server. */
async function newDevice(): Promise<string> {
  devices += 1;
  const deviceId = `meter-${devices}`;
  await neighbours.send([{ deviceId, timestamp: at(0), power_kw: 0 }]);
  const watcher = follow(scope, { url: live.url, token });
  await eventually(() =>
    expect(watcher.readings.map(one => one.deviceId)).toContain(deviceId),
  );
  watcher.stop();
  return deviceId;
}

const readingsOf = (deviceId: string, from: number, to: number): Sent[] =>
  Array.from({ length: to - from }, (_, index) => ({
    deviceId,
    timestamp: at(from + index),
    total_energy_kwh: from + index,
  }));

const counts = (readings: readonly { reading: object }[]) =>
  readings.map(
    ({ reading }) => 'total_energy_kwh' in reading && reading.total_energy_kwh,
  );

test('a snapshot has what is stored and what has just come, then newer readings follow', async () => {
  const followed = follow(scope, { url: live.url, token });
  await eventually(() => expect(followed.snapshots()).toBe(1));
  const ids = followed.readings.map(({ deviceId }) => deviceId);
  expect(ids).toEqual(expect.arrayContaining(['stored', 'earlier']));
  expect(
    followed.readings.find(one => one.deviceId === 'stored'),
  ).toMatchObject({
    origin: 'history',
    reading: { power_kw: 0.5 },
    asOf: at(-7_200),
  });
  await neighbours.send([
    { deviceId: 'earlier', timestamp: at(1), power_kw: 1.5 },
  ]);
  await eventually(() =>
    expect(followed.readings.at(-1)).toMatchObject({
      deviceId: 'earlier',
      origin: 'live',
      receivedAt: at(1),
      reading: { power_kw: 1.5, timestamp: at(1) },
    }),
  );
});

test('devices and fields narrow what is sent, and what is unknown is left out', async () => {
  const wanted = await newDevice();
  const other = await newDevice();
  const raw = await openRaw(scope, live.url, { token });
  raw.send({
    type: 'subscribe',
    id: 'a',
    stream: 'energy',
    deviceIds: [wanted],
    fields: ['power_kw'],
  });
  const snapshot = await raw.frame('snapshot');
  expect(snapshot.readings.map(one => one.deviceId)).toEqual([wanted]);
  await neighbours.send([
    { deviceId: other, timestamp: at(1), power_kw: 2 },
    { deviceId: wanted, timestamp: at(1), power_kw: 3, voltage: 230 },
  ]);
  const { readings } = await raw.frame('changes');
  expect(readings).toHaveLength(1);
  expect(readings[0]?.reading).toEqual({
    timestamp: at(1),
    device_id: wanted,
    power_kw: 3,
  });
});

test('readings of one device within a batch are joined to the newest, and late ones change nothing', async () => {
  const deviceId = await newDevice();
  const followed = follow(scope, {
    url: live.url,
    token,
    deviceIds: [deviceId],
  });
  await eventually(() => expect(followed.snapshots()).toBe(1));
  await neighbours.send([
    ...readingsOf(deviceId, 1, 101),
    ...readingsOf(deviceId, 50, 60),
  ]);
  await eventually(() => expect(counts(followed.readings).at(-1)).toBe(100));
  expect(followed.readings.length).toBeLessThan(50);
});

test('frames are encoded once for all that follow the same', async () => {
  const deviceId = await newDevice();
  const query = { url: live.url, token, deviceIds: [deviceId] };
  const all = Array.from({ length: 20 }, () => follow(scope, query));
  await eventually(() =>
    expect(all.every(one => one.snapshots() === 1)).toBe(true),
  );
  const before = await metric(live.registry, 'frames_encoded_total');
  await neighbours.send(readingsOf(deviceId, 1, 2));
  await eventually(() =>
    expect(all.every(one => counts(one.readings).at(-1) === 1)).toBe(true),
  );
  expect((await metric(live.registry, 'frames_encoded_total')) - before).toBe(
    1,
  );
});

test('after a lost connection exactly what was missed follows', async () => {
  const deviceId = await newDevice();
  const first = await openRaw(scope, live.url, { token });
  const query = { type: 'subscribe', stream: 'energy', deviceIds: [deviceId] };
  first.send({ ...query, id: 'a' });
  const { position } = await first.frame('snapshot');
  first.socket.terminate();
  await neighbours.send(readingsOf(deviceId, 1, 301));
  const witness = follow(scope, {
    url: live.url,
    token,
    deviceIds: [deviceId],
  });
  await eventually(() => expect(counts(witness.readings).at(-1)).toBe(300));

  const second = await openRaw(scope, live.url, { token });
  second.send({ ...query, id: 'b', resumeFrom: position });
  expect(await second.frame('subscribed')).toMatchObject({
    outcome: 'resumed',
  });
  const missed = () =>
    second.frames.flatMap(frame =>
      frame.type === 'changes' ? counts(frame.readings) : [],
    );
  await eventually(() => expect(missed()).toHaveLength(300));
  expect(missed()).toEqual(
    Array.from({ length: 300 }, (_, index) => index + 1),
  );
  await neighbours.send(readingsOf(deviceId, 301, 302));
  await eventually(() => expect(missed().at(-1)).toBe(301));
});

test('what is not remembered any more is told as a gap, never as nothing', async () => {
  const small = await startLive(scope, neighbours, {
    resume: { readings: 10 },
  });
  const deviceId = await newDevice();
  const first = await openRaw(scope, small.url, { token });
  const query = { type: 'subscribe', stream: 'energy' };
  first.send({ ...query, id: 'a' });
  const { position } = await first.frame('snapshot');
  await neighbours.send(readingsOf(deviceId, 1, 21));
  const witness = follow(scope, { url: small.url, token });
  await eventually(() => expect(counts(witness.readings)).toContain(20));

  for (const [resumeFrom, reason] of [
    [position, 'position_too_old'],
    [{ ...position, epoch: 'another' }, 'position_unknown'],
    [{ ...position, offsets: { '0': '999999' } }, 'position_unknown'],
  ] as const) {
    const raw = await openRaw(scope, small.url, { token });
    raw.send({ ...query, id: 'b', resumeFrom });
    expect(await raw.frame('subscribed')).toMatchObject({ outcome: 'gap' });
    const snapshot = await raw.frame('snapshot');
    expect(raw.frames.map(({ type }) => type)).toEqual([
      'hello',
      'subscribed',
      'gap',
      'snapshot',
    ]);
    expect(await raw.frame('gap')).toMatchObject({ reason });
    expect(counts(snapshot.readings)).toContain(20);
  }
});

test('two instances behind one address take each other’s positions and tickets', async () => {
  const second = await startLive(scope, neighbours);
  const front = await createRoundRobin(scope, [live.port, second.port]);
  const deviceId = await newDevice();
  const followed = follow(scope, {
    url: front.url,
    token,
    deviceIds: [deviceId],
  });
  await eventually(() => expect(followed.snapshots()).toBe(1));
  for (let round = 0; round < 4; round += 1) {
    await neighbours.send(readingsOf(deviceId, round * 10 + 1, round * 10 + 2));
    await eventually(() =>
      expect(counts(followed.readings).at(-1)).toBe(round * 10 + 1),
    );
    // It comes back to the other one.
    front.cut();
    await neighbours.send(readingsOf(deviceId, round * 10 + 2, round * 10 + 3));
    await eventually(() =>
      expect(counts(followed.readings).at(-1)).toBe(round * 10 + 2),
    );
  }
  expect(followed.gaps).toEqual([]);
  expect(followed.snapshots()).toBe(1);
  const heard = counts(followed.readings);
  for (let round = 0; round < 4; round += 1)
    expect(heard).toEqual(
      expect.arrayContaining([round * 10 + 1, round * 10 + 2]),
    );

  const { ticket } = await askTicket(front.url);
  const raw = await openRaw(scope, `${front.url}?ticket=${ticket}`, {});
  expect(await raw.frame('hello')).toMatchObject({ version: 1 });
});

async function askTicket(url: string): Promise<{ ticket: string }> {
  const response = await fetch(`${url.replace('ws:', 'http:')}/tickets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(201);
  return (await response.json()) as { ticket: string };
}
