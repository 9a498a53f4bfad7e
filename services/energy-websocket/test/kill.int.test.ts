import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import {
  eventually,
  fileScope,
  seededRandom,
  testServers,
} from '@homelab/test-kit';
import {
  afterAll,
  afterEach,
  beforeAll,
  expect,
  onTestFinished,
  test,
} from 'vitest';
import { clock, createNeighbours, follow, urlOf } from './live-fixture.ts';
import type { Neighbours } from './live-fixture.ts';

const file = fileScope(afterAll);
const scope = { onTestFinished };
const at = clock();
let neighbours: Neighbours;
let port: number;
let process: ChildProcess | undefined;

beforeAll(async () => {
  neighbours = await createNeighbours(file);
  port = await freePort();
}, 120_000);

afterEach(kill);

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const found = (listener.address() as AddressInfo).port;
  listener.close();
  return found;
}

/** The server as a process of its own, on the topics of this test. */
function start(env: Readonly<Record<string, string>> = {}): void {
  const { database } = neighbours;
  const {
    host,
    port: pgPort,
    user,
    password,
  } = database.connection('homelab_live');
  const child = spawn(
    globalThis.process.execPath,
    [join(import.meta.dirname, 'live-process.ts')],
    {
      env: {
        PATH: globalThis.process.env.PATH,
        PGHOST: host,
        PGPORT: String(pgPort),
        PGUSER: user,
        PGPASSWORD: password,
        PGDATABASE: database.name,
        KAFKA_BROKERS: testServers().kafka.brokers.join(','),
        LIVE_PORT: String(port),
        OPS_PORT: '0',
        LOG_LEVEL: 'warn',
        TEST_TOPICS: JSON.stringify(neighbours.topics),
        ...env,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  process = child;
}

async function kill(): Promise<void> {
  const child = process;
  if (child === undefined) return;
  process = undefined;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

test('through kill -9 every reading arrives, or its gap is told', async () => {
  const random = seededRandom(12);
  const token = await neighbours.addToken();
  const deviceIds = ['a', 'b', 'c'];
  await neighbours.send(
    deviceIds.map(deviceId => ({
      deviceId,
      timestamp: at(0),
      total_energy_kwh: 0,
    })),
  );
  start();
  const url = urlOf(port);
  const followed = follow(scope, { url, token });
  await eventually(() => expect(followed.snapshots()).toBe(1), {
    timeoutMs: 30_000,
  });

  const progress = { sent: 0, isSending: true };
  const sending = (async () => {
    while (progress.isSending) {
      progress.sent += 1;
      const { sent } = progress;
      await neighbours.send(
        deviceIds.map(deviceId => ({
          deviceId,
          timestamp: at(sent),
          total_energy_kwh: sent,
        })),
      );
      // Slower than a batch, so that none is joined.
      await new Promise(resolve => setTimeout(resolve, 80));
    }
  })();
  const heard = (deviceId: string) =>
    followed.readings
      .filter(one => one.deviceId === deviceId)
      .map(({ reading }) =>
        'total_energy_kwh' in reading ? reading.total_energy_kwh : null,
      );
  for (let round = 0; round < 3; round += 1) {
    const until = progress.sent + random.integer(5, 15);
    await eventually(() => expect(heard('a').at(-1)).toBeGreaterThan(until), {
      timeoutMs: 30_000,
    });
    await kill();
    const missedUntil = progress.sent + 3;
    await eventually(() => expect(progress.sent).toBeGreaterThan(missedUntil));
    start();
  }
  await eventually(() => expect(followed.status()).toBe('open'), {
    timeoutMs: 30_000,
  });
  progress.isSending = false;
  await sending;
  const { sent } = progress;
  await eventually(
    () => {
      for (const deviceId of deviceIds)
        expect(heard(deviceId).at(-1)).toBe(sent);
    },
    { timeoutMs: 30_000 },
  );
  expect(followed.gaps).toEqual([]);
  expect(followed.snapshots()).toBe(1);
  for (const deviceId of deviceIds)
    expect(new Set(heard(deviceId))).toEqual(
      new Set(Array.from({ length: sent + 1 }, (_, index) => index)),
    );
}, 180_000);

test('what a killed server does not remember any more is told as a gap', async () => {
  const token = await neighbours.addToken();
  const send = (from: number, to: number) =>
    neighbours.send(
      Array.from({ length: to - from }, (_, index) => ({
        ...({ stream: 'temperature', deviceId: 'room' } as const),
        timestamp: at(from + index),
      })),
    );
  await send(0, 1);
  start();
  const followed = follow(scope, {
    ...({ url: urlOf(port), token, stream: 'temperature' } as const),
  });
  const slow = { timeoutMs: 30_000 };
  await eventually(() => expect(followed.snapshots()).toBe(1), slow);
  await kill();
  await send(1, 101);
  start({ LIVE_RESUME_READINGS: '20' });
  await eventually(() => expect(followed.snapshots()).toBe(2), slow);
  expect(followed.gaps).toEqual(['position_too_old']);
  expect(followed.readings.at(-1)?.reading.timestamp).toBe(at(100));
}, 90_000);
