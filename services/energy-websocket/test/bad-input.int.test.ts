import { connect } from 'node:net';
import { once } from 'node:events';
import { eventually, fileScope } from '@homelab/test-kit';
import { liveLimits } from '@homelab/live-client';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import {
  clock,
  createNeighbours,
  follow,
  metric,
  openRaw,
  startLive,
} from './live-fixture.ts';
import type { Followed, Neighbours, TestLive } from './live-fixture.ts';

const file = fileScope(afterAll);
const scope = { onTestFinished };
const at = clock();
let neighbours: Neighbours;
let live: TestLive;
let token: string;
/** Someone who does everything right and must not notice the others. */
let witness: Followed;
let sent = 0;

beforeAll(async () => {
  neighbours = await createNeighbours(file);
  await neighbours.send([{ deviceId: 'meter', timestamp: at(0) }]);
  live = await startLive(file, neighbours);
  token = await neighbours.addToken();
  witness = follow(file, { url: live.url, token });
  await eventually(() => expect(witness.snapshots()).toBe(1));
}, 120_000);

/** The server still serves those who do nothing wrong, in the same connection. */
async function expectUnharmed(): Promise<void> {
  sent += 1;
  await neighbours.send([{ deviceId: 'meter', timestamp: at(sent) }]);
  await eventually(() =>
    expect(witness.readings.at(-1)?.reading.timestamp).toBe(at(sent)),
  );
  expect(witness.snapshots()).toBe(1);
  expect(live.log).toEqual([]);
}

const subscribe = { type: 'subscribe', id: 'a', stream: 'energy' };
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => `x${index}`);

test.each([
  ['what is not JSON', 'subscribe please', 'frame_malformed', 1008],
  ['no object', 'null', 'frame_malformed', 1008],
  ['an unknown type', { type: 'drop' }, 'frame_malformed', 1008],
  ['unknown properties', { ...subscribe, sql: '1' }, 'frame_malformed', 1008],
  [
    'a stream that is none',
    { ...subscribe, stream: 'gas' },
    'stream_unknown',
    1008,
  ],
  [
    'an inherited name',
    { ...subscribe, stream: 'constructor' },
    'stream_unknown',
    1008,
  ],
  [
    'an unknown device',
    { ...subscribe, deviceIds: ['x'] },
    'device_unknown',
    1008,
  ],
  ['an unknown field', { ...subscribe, fields: ['x'] }, 'field_unknown', 1008],
  [
    'a field of Object',
    { ...subscribe, fields: ['toString'] },
    'field_unknown',
    1008,
  ],
  [
    'too many devices',
    { ...subscribe, deviceIds: many(101) },
    'frame_malformed',
    1008,
  ],
  ['no devices', { ...subscribe, deviceIds: [] }, 'frame_malformed', 1008],
  [
    'a bad position',
    { ...subscribe, resumeFrom: { epoch: 'e', offsets: { 0: '-1' } } },
    'frame_malformed',
    1008,
  ],
  [
    'an unknown subscription',
    { type: 'unsubscribe', id: 'a' },
    'subscription_unknown',
    1008,
  ],
  [
    'a frame that is too large',
    `"${'x'.repeat(liveLimits.maxFrameBytes)}"`,
    'frame_too_large',
    1009,
  ],
])(
  '%s is answered with a code, then the connection is closed',
  async (_, frame, error, closeCode) => {
    const raw = await openRaw(scope, live.url, { token });
    raw.send(frame);
    expect(await raw.ended()).toEqual({ error, closeCode });
    expect(raw.frames.at(-1)?.type).toBe('error');
    await expectUnharmed();
  },
);

test('binary frames and text that is not UTF-8 are refused', async () => {
  const binary = await openRaw(scope, live.url, { token });
  binary.socket.send(Buffer.from('{"type":"ping"}'), { binary: true });
  expect(await binary.ended()).toEqual({
    error: 'frame_malformed',
    closeCode: 1008,
  });
  const invalid = await openRaw(scope, live.url, { token });
  invalid.socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
  expect(await invalid.ended()).toEqual({
    error: 'frame_malformed',
    closeCode: 1007,
  });
  await expectUnharmed();
});

test('another version is told which one is spoken', async () => {
  const raw = await openRaw(scope, live.url, {
    token,
    protocols: ['homelab.live.v9'],
  });
  expect(await raw.ended()).toEqual({
    error: 'version_unsupported',
    closeCode: 1002,
  });
  const both = await openRaw(scope, live.url, {
    token,
    protocols: ['homelab.live.v9', 'homelab.live.v1'],
  });
  expect(both.socket.protocol).toBe('homelab.live.v1');
});

test('too many subscriptions, the same id twice and too many frames', async () => {
  const one = await openRaw(scope, live.url, { token });
  for (const id of many(liveLimits.maxSubscriptions + 1))
    one.send({ ...subscribe, id });
  expect(await one.ended()).toEqual({
    error: 'too_many_subscriptions',
    closeCode: 1008,
  });
  const two = await openRaw(scope, live.url, { token });
  two.send(subscribe);
  two.send(subscribe);
  expect(await two.ended()).toMatchObject({ error: 'subscription_duplicate' });
  for (const flood of [
    (raw: typeof one) => raw.send({ type: 'ping' }),
    (raw: typeof one) => raw.socket.ping(),
  ]) {
    const raw = await openRaw(scope, live.url, { token });
    for (let count = 0; count < 1_000; count += 1) flood(raw);
    expect(await raw.ended()).toMatchObject({ error: 'too_many_frames' });
  }
  await eventually(async () => {
    expect(await metric(live.registry, 'subscriptions')).toBe(1);
    expect(await metric(live.registry, 'channels')).toBe(1);
  });
  await expectUnharmed();
});

test('a subscription that ends gets nothing more', async () => {
  const raw = await openRaw(scope, live.url, { token });
  raw.send(subscribe);
  await raw.frame('snapshot');
  raw.send({ type: 'unsubscribe', id: 'a' });
  await raw.frame('unsubscribed');
  await expectUnharmed();
  raw.send({ type: 'ping', id: 'p' });
  expect(await raw.frame('pong')).toMatchObject({ id: 'p' });
  expect(raw.frames.some(({ type }) => type === 'changes')).toBe(false);
});

test('whatever else is sent, the answer is a code or nothing, and nobody is harmed', async () => {
  const json = fc.json({ maxDepth: 4 });
  const almost = fc
    .record(
      {
        type: fc.oneof(
          fc.constantFrom('subscribe', 'unsubscribe', 'ping'),
          fc.string(),
        ),
        id: fc.oneof(fc.string(), fc.integer(), fc.constant('a')),
        stream: fc.oneof(
          fc.constantFrom('energy', 'heatpump', '__proto__'),
          fc.anything(),
        ),
        deviceIds: fc.oneof(fc.array(fc.string()), fc.anything()),
        fields: fc.oneof(fc.array(fc.string()), fc.anything()),
        resumeFrom: fc.anything(),
      },
      { requiredKeys: ['type'] },
    )
    .map(value =>
      JSON.stringify(value, (_, one) =>
        typeof one === 'bigint' ? String(one) : one,
      ),
    );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(json, almost, fc.string()), {
        minLength: 1,
        maxLength: 5,
      }),
      async texts => {
        const raw = await openRaw(scope, live.url, { token });
        for (const text of texts) raw.send(text);
        raw.send({ type: 'unsubscribe', id: 'never' });
        const { error } = await raw.ended();
        expect(error).toMatch(/^(frame_|stream_|device_|field_|subscription_)/);
      },
    ),
    { numRuns: 60 },
  );
  await expectUnharmed();
}, 60_000);

test('bytes that are no WebSocket at all end the connection only', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 6, maxLength: 200 }),
      async bytes => {
        const raw = await openRaw(scope, live.url, { token });
        const tcp = connect(live.port, '127.0.0.1');
        tcp.write(Buffer.concat([bytes, Buffer.from('\r\n\r\n')]));
        tcp.on('error', () => {});
        tcp.resume();
        tcp.setTimeout(500, () => tcp.destroy());
        // The same in the middle of a connection.
        (
          raw.socket as unknown as { _socket: NodeJS.WritableStream }
        )._socket.write(Buffer.from([0xf3, ...bytes]));
        await Promise.all([
          raw.ended(),
          tcp.closed ? undefined : once(tcp, 'close'),
        ]);
      },
    ),
    { numRuns: 20 },
  );
  await expectUnharmed();
}, 60_000);
