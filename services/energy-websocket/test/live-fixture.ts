import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { createLiveClient, liveSubprotocol } from '@homelab/live-client';
import type { LiveReading, ServerFrame } from '@homelab/live-client';
import { createRegistry } from '@homelab/service-kit';
import type { Registry } from '@homelab/service-kit';
import { recordHeaders } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import {
  createMemoryLog,
  createTestDatabase,
  createTestProducer,
  createTestTopics,
  eventually,
  testServers,
} from '@homelab/test-kit';
import type { LogLine, TestDatabase, TestScope } from '@homelab/test-kit';
import { addApiToken, createApiToken } from '@homelab/timescale-schema';
import type { ApiScope } from '@homelab/timescale-schema';
import { WebSocket } from 'ws';
import { createApp } from '../src/app.ts';
import type { Config } from '../src/config.ts';

type Topics = Readonly<Record<Stream, string>>;

/** A reading as a test sends it. */
export interface Sent {
  readonly stream?: Stream;
  readonly deviceId: string;
  readonly timestamp: string;
  readonly [field: string]: unknown;
}

/** The servers behind a live server, with topics and a database of their own. */
export interface Neighbours {
  readonly database: TestDatabase;
  readonly topics: Topics;
  addToken(options?: {
    scopes?: readonly ApiScope[];
    expiresAt?: Date | null;
  }): Promise<string>;
  /** Sends readings to Kafka, as the bridge does. */
  send(readings: readonly Sent[]): Promise<void>;
}

export async function createNeighbours(t: TestScope): Promise<Neighbours> {
  const [database, topics, producer] = await Promise.all([
    createTestDatabase(t),
    createTestTopics(t, ['energy', 'heatpump', 'temperature'], {
      partitions: 3,
    }),
    createTestProducer(t),
  ]);
  const owner = await database.connect('homelab_owner');
  return {
    database,
    topics,
    async addToken(options = {}) {
      const { scopes = ['readings:read'] as const, expiresAt = null } = options;
      const token = createApiToken();
      await addApiToken(owner, { token, name: 'test', scopes, expiresAt });
      return token;
    },
    send: readings =>
      producer.send(
        readings.map(({ stream = 'energy', deviceId, ...fields }) => ({
          topic: topics[stream],
          key: deviceId,
          value: JSON.stringify({ ...fields, device_id: deviceId }),
          headers: { [recordHeaders.receivedAt]: fields.timestamp },
        })),
      ),
  };
}

/** The configuration of a server for tests. */
export function configOf(
  { database }: Neighbours,
  options: LiveOptions = {},
): Config {
  return {
    host: '127.0.0.1',
    port: options.port ?? 0,
    database: database.connection('homelab_live'),
    kafka: { brokers: testServers().kafka.brokers, clientId: 'live-test' },
    origins: ['https://house.example'],
    limits: {
      connections: 5_000,
      batchMs: 50,
      softBytes: 262_144,
      hardBytes: 786_432,
      pingMs: 30_000,
      ...options.limits,
    },
    resume: { readings: 1_000, ageMs: 600_000, ...options.resume },
    oidc: undefined,
  };
}

export interface LiveOptions {
  readonly limits?: Partial<Config['limits']>;
  readonly resume?: Partial<Config['resume']>;
  readonly port?: number;
  readonly recheckTokensMs?: number;
}

/** A running live server. */
export interface TestLive {
  readonly port: number;
  readonly url: string;
  readonly registry: Registry;
  readonly log: readonly LogLine[];
  stop(): Promise<void>;
}

/** Starts a server and waits until it knows the newest readings. */
export async function startLive(
  t: TestScope,
  neighbours: Neighbours,
  options: LiveOptions = {},
): Promise<TestLive> {
  const { logger, lines } = createMemoryLog({ level: 'warn' });
  const registry = createRegistry('live');
  const app = createApp({
    config: configOf(neighbours, options),
    logger,
    registry,
    topics: neighbours.topics,
    recheckTokensMs: options.recheckTokensMs,
  });
  t.onTestFinished(() => app.stop());
  await app.start();
  await eventually(() => {
    for (const [name, state] of Object.entries(app.readiness?.() ?? {}))
      if (!state.ok) throw new Error(`${name}: ${state.detail}`);
  });
  return {
    port: app.port,
    url: urlOf(app.port),
    registry,
    log: lines,
    stop: () => app.stop(),
  };
}

export const urlOf = (port: number) => `ws://127.0.0.1:${port}/api/v1/live`;

/** A socket that a test speaks with frame by frame. */
export interface RawClient {
  readonly socket: WebSocket;
  readonly frames: ServerFrame[];
  send(frame: unknown): void;
  /** The first frame of a type, once it is there. */
  frame<Type extends ServerFrame['type']>(
    type: Type,
  ): Promise<Extract<ServerFrame, { type: Type }>>;
  /** The code of the error frame and of the close that follows it. */
  ended(): Promise<{ error: string | undefined; closeCode: number }>;
}

/** Connects without the client library. */
export async function openRaw(
  t: TestScope,
  url: string,
  options: {
    token?: string;
    protocols?: string[];
    headers?: Record<string, string>;
  },
): Promise<RawClient> {
  const { token, protocols = [liveSubprotocol], headers = {} } = options;
  const socket = new WebSocket(url, protocols, {
    headers: {
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
  });
  const frames: ServerFrame[] = [];
  socket.on('message', data => frames.push(JSON.parse(String(data))));
  const closed = new Promise<number>(resolve => {
    socket.on('close', code => resolve(code));
  });
  t.onTestFinished(() => socket.terminate());
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  return {
    socket,
    frames,
    send: frame =>
      socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    frame: type =>
      eventually(() => {
        const found = frames.find(one => one.type === type);
        if (found === undefined)
          throw new Error(`no ${type} in ${JSON.stringify(frames)}`);
        return found as Extract<ServerFrame, { type: typeof type }>;
      }),
    async ended() {
      const closeCode = await closed;
      const error = frames.find(one => one.type === 'error');
      return { error: error?.code, closeCode };
    },
  };
}

/** What a client was told, in order. */
export interface Followed {
  /** Every reading that came, of snapshots and changes. */
  readonly readings: LiveReading[];
  readonly gaps: string[];
  readonly snapshots: () => number;
  readonly status: () => string;
  stop(): void;
}

/** Follows a stream with the client library. */
export function follow(
  t: TestScope,
  options: {
    url: string;
    token: string;
    stream?: Stream;
    deviceIds?: readonly string[];
    fields?: readonly string[];
  },
): Followed {
  const { url, token, stream = 'energy', deviceIds, fields } = options;
  const client = createLiveClient({
    url,
    credentials: () => ({ bearer: token }),
    minBackoffMs: 50,
    maxBackoffMs: 500,
  });
  const readings: LiveReading[] = [];
  const gaps: string[] = [];
  let snapshots = 0;
  client.subscribe(
    { stream, ...(deviceIds && { deviceIds }), ...(fields && { fields }) },
    {
      onSnapshot(told) {
        snapshots += 1;
        readings.push(...told);
      },
      onChanges: told => readings.push(...told),
      onGap: reason => gaps.push(reason),
    },
  );
  client.start();
  t.onTestFinished(() => client.stop());
  return {
    readings,
    gaps,
    snapshots: () => snapshots,
    status: () => client.state().status,
    stop: () => client.stop(),
  };
}

/** The value of a counter or gauge, summed over its labels that match. */
export async function metric(
  registry: Registry,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number> {
  const found = await registry.getSingleMetric(`homelab_live_${name}`)?.get();
  return (found?.values ?? [])
    .filter(one =>
      Object.entries(labels).every(([key, value]) => one.labels[key] === value),
    )
    .reduce((sum, { value }) => sum + value, 0);
}

/** One address in front of several servers, which takes them in turn. */
export async function createRoundRobin(
  t: TestScope,
  ports: readonly number[],
): Promise<{ url: string; cut(): void }> {
  let count = 0;
  const clients = new Set<Socket>();
  const listener = createServer(client => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
    const port = ports[count % ports.length] ?? 0;
    count += 1;
    const server = connect(port, '127.0.0.1');
    client.pipe(server).pipe(client);
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const cut = () => {
    for (const client of clients) client.destroy();
  };
  t.onTestFinished(() => {
    listener.close();
    cut();
  });
  return { url: urlOf((listener.address() as AddressInfo).port), cut };
}

/** A time some seconds after a fixed start that is not long ago. */
export function clock(): (second: number) => string {
  const startMs = Date.now() - 3_600_000;
  return second => new Date(startMs + second * 1_000).toISOString();
}
