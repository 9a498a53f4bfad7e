import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordProducer } from '@homelab/kafka';
import { addApiToken, createApiToken } from '@homelab/timescale-schema';
import { findFreePort, liveEnv } from '@homelab/tools';
import type { StackOptions } from '@homelab/tools';
import { Client } from 'pg';
import type { Bench, BenchContext } from './bench-context.ts';
import { percentile, ratioOf } from './figures.ts';
import type { Figure } from './figures.ts';
import { heldBytes } from './held-memory.ts';
import { benchKafka } from './kafka-ends.ts';
import {
  largeFields,
  loadDevice,
  meterFields,
  sendReadings,
} from './live-load.ts';
import { isChanges, openSwarm, timesIn } from './live-swarm.ts';
import type { Swarm } from './live-swarm.ts';
import { startMeasured, startService } from './service-under-load.ts';
import type { MeasuredProcess } from './service-under-load.ts';

const clientCount = 1_000;
const devices = 50;
const perSecond = 50;
const seconds = 5;
const fullSeconds = 4;
const stalledCount = 50;
const settleMs = 1_500;

interface Live {
  readonly process: MeasuredProcess;
  readonly url: string;
  readonly metricsUrl: string;
  readonly inspectPort: number;
  readonly token: string;
}

/** What all clients saw of a load. */
interface Seen {
  readonly latenciesMs: number[];
  /** Readings that some client did not get. */
  readonly dropped: number;
}

/**
 * 1,000 clients of the live server at 50 readings a second each, the delay from Kafka to the client,
 * and how many frames a second it sends at most beside a bare `ws` echo of the same frames; then
 * what stalled clients cost, and what a reading costs by the number of clients.
 */
export const benchLive: Bench = async context => {
  const { stack, rounds, report } = context;
  const token = await addToken(stack);
  const producer = benchKafka(stack.ports.kafka).producer();
  await producer.start();
  try {
    const figures = await withLive(stack, token, {}, live =>
      measureSteady(context, live, producer),
    );
    report('  at full speed, beside a bare echo');
    const frames = await measureFull(context, token, producer, rounds);
    report('  with stalled clients');
    const stalled = await withLive(stack, token, {}, live =>
      measureStalled(live, producer),
    );
    report('  by the number of clients');
    const costs = await withLive(stack, token, {}, live =>
      measureCosts(live, producer),
    );
    return [...figures, ...frames, ...stalled, ...costs];
  } finally {
    await producer.stop();
  }
};

async function addToken({ ports, secrets }: StackOptions): Promise<string> {
  const owner = new Client({
    host: '127.0.0.1',
    port: ports.postgres,
    user: 'homelab_owner',
    password: secrets.postgres.homelab_owner,
    database: 'homelab',
  });
  await owner.connect();
  const token = createApiToken();
  const scopes = ['readings:read'] as const;
  await addApiToken(owner, { token, name: 'bench', scopes, expiresAt: null });
  await owner.end();
  return token;
}

async function withLive<T>(
  stack: StackOptions,
  token: string,
  env: Readonly<Record<string, string>>,
  measure: (live: Live) => Promise<T>,
): Promise<T> {
  const { ports, folders } = stack;
  const inspectPort = await findFreePort();
  const process = await startService({
    inspectPort,
    root: folders.root,
    name: 'energy-websocket',
    opsPort: ports.liveOps,
    env: { ...liveEnv(stack), LIVE_RESUME_AGE: '1s', ...env },
  });
  try {
    return await measure({
      process,
      url: `ws://127.0.0.1:${ports.live}/api/v1/live`,
      metricsUrl: `http://127.0.0.1:${ports.liveOps}/metrics`,
      inspectPort,
      token,
    });
  } finally {
    await process.stop();
  }
}

function follow(
  { url, token }: Live,
  count: number,
  options: {
    stream?: string;
    /** The devices that a client follows; all by default. */
    deviceIds?: (client: number) => string[];
  } = {},
): Promise<Swarm> {
  const { stream = 'energy', deviceIds } = options;
  return openSwarm({
    ...{ count, url, token },
    hello: client =>
      JSON.stringify({
        ...{ type: 'subscribe', id: 'a', stream },
        deviceIds: deviceIds?.(client),
      }),
  });
}

async function see(swarm: Swarm, send: () => Promise<number>): Promise<Seen> {
  const latenciesMs: number[] = [];
  const counts = new Array<number>(swarm.sockets.length).fill(0);
  swarm.onFrame = (frame, client) => {
    if (!isChanges(frame)) return;
    const nowMs = Date.now();
    for (const timeMs of timesIn(frame)) {
      latenciesMs.push(nowMs - timeMs);
      counts[client] = (counts[client] ?? 0) + 1;
    }
  };
  const sent = await send();
  await delay(settleMs);
  swarm.onFrame = () => {};
  const dropped = counts.reduce(
    (sum, count) => sum + Math.max(0, sent - count),
    0,
  );
  return { latenciesMs, dropped };
}

const meters = { stream: 'energy', devices, fields: meterFields } as const;

async function measureSteady(
  { rounds, report }: BenchContext,
  live: Live,
  producer: RecordProducer,
): Promise<Figure[]> {
  const swarm = await follow(live, clientCount);
  const p50: number[] = [];
  const p99: number[] = [];
  const dropped: number[] = [];
  const cpu: number[] = [];
  // Not counted: cold code is slow.
  await sendReadings(producer, { ...meters, perSecond, seconds: 2 });
  await delay(settleMs);
  for (let round = 1; round <= rounds; round += 1) {
    report(`  round ${round} of ${rounds}`);
    const before = live.process.cpuSeconds();
    const seen = await see(swarm, () =>
      sendReadings(producer, { ...meters, perSecond, seconds }),
    );
    cpu.push(
      (live.process.cpuSeconds() - before) / (seconds + settleMs / 1_000),
    );
    p50.push(percentile(seen.latenciesMs, 0.5));
    p99.push(percentile(seen.latenciesMs, 0.99));
    dropped.push(seen.dropped);
  }
  await swarm.close();
  const name = `${clientCount} clients at ${perSecond} readings/s each`;
  return [
    { name: `${name}, Kafka to client, p50`, unit: 'ms', rounds: p50 },
    {
      name: `${name}, Kafka to client, p99`,
      unit: 'ms',
      rounds: p99,
      goal: { atMost: 100 },
    },
    {
      name: `${name}, dropped`,
      unit: '',
      rounds: dropped,
      goal: { atMost: 0 },
    },
    { name: `${name}, processor of the server`, unit: 'cores', rounds: cpu },
  ];
}

/** Frames a second that all clients get together, without waiting for a batch. */
async function measureFull(
  { stack }: BenchContext,
  token: string,
  producer: RecordProducer,
  rounds: number,
): Promise<Figure[]> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    let sample: Buffer = Buffer.alloc(0);
    await withLive(stack, token, { LIVE_BATCH_INTERVAL: '1ms' }, async live => {
      const swarm = await follow(live, clientCount);
      const loading = sendReadings(producer, {
        ...meters,
        devices: 2,
        perSecond: 500,
        seconds: fullSeconds + 2,
      });
      await delay(1_000);
      ours.push(
        await countFrames(swarm, frame => {
          if (isChanges(frame) && frame.length > sample.length) sample = frame;
          return isChanges(frame);
        }),
      );
      await loading;
      await swarm.close();
    });
    bare.push(await measureEcho(stack, sample));
  }
  const own: Figure = {
    name: `frames of the server at full speed`,
    unit: 'frames/s',
    rounds: ours,
  };
  const echo: Figure = {
    name: 'frames of a bare ws echo',
    unit: 'frames/s',
    rounds: bare,
  };
  return [
    own,
    echo,
    ratioOf('server / bare echo', own, echo, { atLeast: 0.5 }),
  ];
}

async function countFrames(
  swarm: Swarm,
  counts: (frame: Buffer, client: number) => boolean,
): Promise<number> {
  let frames = 0;
  swarm.onFrame = (frame, client) => {
    if (counts(frame, client)) frames += 1;
  };
  const startMs = performance.now();
  await delay(fullSeconds * 1_000);
  const rate = frames / ((performance.now() - startMs) / 1_000);
  swarm.onFrame = () => {};
  return rate;
}

async function measureEcho(
  stack: StackOptions,
  frame: Buffer,
): Promise<number> {
  const port = await findFreePort();
  const echo = startMeasured({
    command: process.execPath,
    args: [join(import.meta.dirname, 'bare-echo.ts')],
    cwd: stack.folders.root,
    env: { ECHO_PORT: String(port) },
  });
  try {
    const url = `ws://127.0.0.1:${port}`;
    await untilOpen(url);
    const swarm = await openSwarm({ count: clientCount, url });
    // As many under way as clients, each of which answers with the next.
    for (const socket of swarm.sockets) socket.send(frame, { binary: false });
    const rate = await countFrames(swarm, (_, client) => {
      swarm.sockets[client]?.send(frame, { binary: false });
      return true;
    });
    await swarm.close();
    return rate;
  } finally {
    await echo.stop();
  }
}

async function untilOpen(url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await (await openSwarm({ count: 1, url })).close();
      return;
    } catch (error) {
      if (attempt > 100) throw error;
      await delay(50);
    }
  }
}

const talkers = {
  stream: 'heatpump',
  devices: 20,
  perSecond: 400,
  seconds: 20,
  fields: largeFields,
} as const;

/** All devices but two, other ones for each client: none shares its frames with another. */
function ownSelection(client: number): string[] {
  const [one, other] = [
    client % talkers.devices,
    (client + 1 + Math.floor(client / talkers.devices)) % talkers.devices,
  ];
  return Array.from({ length: talkers.devices }, (_, index) => index)
    .filter(index => index !== one && index !== other)
    .map(loadDevice);
}

/** What others see, and the memory of the server, while some clients read nothing. */
async function measureStalled(
  live: Live,
  producer: RecordProducer,
): Promise<Figure[]> {
  const stream = 'heatpump';
  const good = await follow(live, 10, { stream });
  const load = () => sendReadings(producer, talkers);
  const before = await see(good, load);
  const stalled = await follow(live, stalledCount, {
    ...{ stream, deviceIds: ownSelection },
  });
  await delay(settleMs);
  for (const socket of stalled.sockets) socket.pause();
  const heldBefore = await heldBytes(live.inspectPort);
  const during = await see(good, load);
  const heldAfter = await heldBytes(live.inspectPort);
  const conflations = await readMetric(live, 'conflations_total');
  await Promise.all([good.close(), stalled.close()]);
  return [
    {
      name: `p99 of 10 clients alone`,
      unit: 'ms',
      rounds: [percentile(before.latenciesMs, 0.99)],
    },
    {
      name: `p99 of 10 clients beside ${stalledCount} stalled ones`,
      unit: 'ms',
      rounds: [percentile(during.latenciesMs, 0.99)],
      goal: { atMost: 100 },
    },
    {
      name: 'stalled clients that fell back to the newest readings',
      unit: '',
      rounds: [conflations],
      goal: { atLeast: stalledCount },
    },
    {
      name: 'memory that the server holds by stalled client',
      unit: 'kB',
      rounds: [(heldAfter - heldBefore) / 1_000 / stalledCount],
      goal: { atMost: 1_000 },
    },
  ];
}

async function measureCosts(
  live: Live,
  producer: RecordProducer,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const count of [1, 10, 100, clientCount]) {
    const swarm = await follow(live, count);
    await delay(settleMs);
    const cpu = live.process.cpuSeconds();
    const encoded = await readMetric(live, 'frames_encoded_total');
    const sent = await sendReadings(producer, {
      ...meters,
      perSecond,
      seconds,
    });
    await delay(settleMs);
    const own = live.process.cpuSeconds() - cpu;
    const perReading =
      ((await readMetric(live, 'frames_encoded_total')) - encoded) / sent;
    figures.push(
      {
        name: `${count} clients: processor per reading`,
        unit: 'us',
        rounds: [(own / sent) * 1e6],
      },
      {
        name: `${count} clients: frames encoded per reading`,
        unit: '',
        rounds: [perReading],
        goal: { atMost: 1 },
      },
    );
    await swarm.close();
  }
  return figures;
}

async function readMetric({ metricsUrl }: Live, name: string): Promise<number> {
  const text = await (await fetch(metricsUrl)).text();
  const line = new RegExp(`^homelab_live_${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm');
  return Number(line.exec(text)?.[1] ?? NaN);
}
