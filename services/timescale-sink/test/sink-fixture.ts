import { createRegistry } from '@homelab/service-kit';
import type {
  KafkaAdmin,
  OutgoingRecord,
  RecordProducer,
} from '@homelab/kafka';
import type { Service } from '@homelab/service-kit';
import { recordHeaders, schemaVersion, streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import {
  createMemoryLog,
  createTestAdmin,
  createTestDatabase,
  createTestProducer,
  createTestTopics,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { LogLine, TestDatabase, TestScope } from '@homelab/test-kit';
import type { Client } from 'pg';
import { createApp } from '../src/app.ts';
import { routeOf } from '../src/routes.ts';
import type { StreamRoute } from '../src/routes.ts';

/** How long to wait for real servers on a busy machine. */
export const patience = { timeoutMs: 30_000 };

/** A sink under test with its own Kafka topics, groups and database. */
export interface SinkFixture {
  readonly database: TestDatabase;
  /** Connected as the owner of the tables. */
  readonly owner: Client;
  readonly producer: RecordProducer;
  readonly routes: Readonly<Record<Stream, StreamRoute>>;
  /** Creates another member of the groups; it is stopped when the test ends. */
  createMember(options?: { maxRows?: number; maxAgeMs?: number }): SinkMember;
  /** Tells whether the group has committed everything in the stream's topic. */
  hasCommittedAll(stream: Stream): Promise<boolean>;
  countRows(stream: Stream): Promise<number>;
}

/** One running sink. */
export interface SinkMember {
  readonly app: Service;
  readonly lines: readonly LogLine[];
  /** The value of a series in `/metrics`. */
  metric(series: string): Promise<number>;
}

/** Creates Kafka topics and a database, and sinks on them. */
export async function createSinkFixture(
  t: TestScope,
  options: { migrated?: boolean; partitions?: number } = {},
): Promise<SinkFixture> {
  const { migrated, partitions = 3 } = options;
  const database = await createTestDatabase(t, { migrated });
  const routes = await createRoutes(t, partitions);
  const admin = await createTestAdmin(t);
  const owner = await database.connect('homelab_owner');
  return {
    database,
    owner,
    routes,
    producer: await createTestProducer(t),
    createMember: limits =>
      createMember(t, database, Object.values(routes), limits),
    hasCommittedAll: stream => hasCommittedAll(admin, routes[stream]),
    async countRows(stream) {
      const answer = await owner.query<{ rows: number }>(
        `SELECT count(*)::int AS rows FROM ${routes[stream].table.name}`,
      );
      return answer.rows[0]?.rows ?? 0;
    },
  };
}

async function createRoutes(
  t: TestScope,
  partitions: number,
): Promise<Readonly<Record<Stream, StreamRoute>>> {
  const topics = await createTestTopics(t, streams, { partitions });
  const letters = await createTestTopics(t, streams);
  const routeFor = (stream: Stream): StreamRoute => ({
    ...routeOf(stream),
    topic: topics[stream],
    deadLetterTopic: letters[stream],
    group: uniqueName(`sink-${stream}`),
  });
  return {
    energy: routeFor('energy'),
    heatpump: routeFor('heatpump'),
    temperature: routeFor('temperature'),
  };
}

function createMember(
  t: TestScope,
  database: TestDatabase,
  routes: readonly StreamRoute[],
  limits: { maxRows?: number; maxAgeMs?: number } = {},
): SinkMember {
  const registry = createRegistry('sink');
  const { logger, lines } = createMemoryLog();
  const app = createApp({
    routes,
    logger,
    registry,
    config: {
      streams,
      kafka: {
        brokers: testServers().kafka.brokers,
        clientId: uniqueName('sink'),
        sessionTimeoutMs: 30_000,
      },
      database: { ...database.connection('homelab_sink'), connections: 4 },
      batch: { maxRows: 500, maxAgeMs: 10, ...limits },
    },
  });
  t.onTestFinished(() => app.stop());
  return {
    app,
    lines,
    async metric(series) {
      const text = await registry.metrics();
      const line = text.split('\n').find(one => one.startsWith(`${series} `));
      if (line === undefined) throw new Error(`There is no series ${series}.`);
      return Number(line.slice(series.length + 1));
    },
  };
}

async function hasCommittedAll(
  admin: KafkaAdmin,
  { topic, group }: StreamRoute,
): Promise<boolean> {
  const offsets = await admin.topicOffsets(topic);
  const committed = await admin.groupOffsets(group, [topic]);
  return offsets.every(({ partition, high }) => {
    const offset =
      committed.find(one => one.partition === partition)?.offset ?? '0';
    return offset === high;
  });
}

/** The record of a reading as the bridge sends it. */
export function readingRecord(
  route: StreamRoute,
  deviceId: string,
  measuredAt: Date,
  fields: Record<string, unknown> = {},
): OutgoingRecord {
  const reading = {
    timestamp: measuredAt.toISOString(),
    device_id: deviceId,
    ...fields,
  };
  return {
    topic: route.topic,
    key: deviceId,
    value: JSON.stringify(reading),
    headers: {
      [recordHeaders.receivedAt]: new Date(
        measuredAt.getTime() + 150,
      ).toISOString(),
      [recordHeaders.schemaVersion]: schemaVersion,
    },
  };
}

/** `count` records of `devices` devices, a second apart, ending now. */
export function readingRecords(
  route: StreamRoute,
  count: number,
  options: { devices?: number; endMs?: number } = {},
): OutgoingRecord[] {
  const { devices = 5, endMs = Date.now() } = options;
  return Array.from({ length: count }, (_, index) =>
    readingRecord(
      route,
      `device-${index % devices}`,
      new Date(endMs - Math.floor((count - index) / devices) * 1_000),
      { rssi: -(index % 100) },
    ),
  );
}
