import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  createTestAdmin,
  eventually,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import {
  AclOperations,
  AclPermissionTypes,
  Admin,
  Connection,
  createAPI,
  Consumer,
  findErrorBy,
  joinGroupV9,
  offsetCommitV2,
  Producer,
  ResourcePatternTypes,
  ResourceTypes,
  Writer,
} from '@platformatic/kafka';
import type { ConsumerOptions, ProducerOptions } from '@platformatic/kafka';
import { expect } from 'vitest';
import { createKafkaCluster } from '../src';
import type { ClusterConnection, GroupSnapshot, KafkaCluster } from '../src';

/** A logger that discards everything. */
export const quietLogger: LoggerService = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => quietLogger,
};

export interface Place {
  /** By default the Kafka that all tests share. */
  readonly brokers?: readonly string[];
}

const brokersOf = ({ brokers }: Place) => [
  ...(brokers ?? testServers().kafka.brokers),
];

/** The connection under test, closed when the test ends. */
export function createCluster(
  t: TestScope,
  options: Partial<ClusterConnection> & {
    newestVersion?: (apiKey: number) => number | undefined;
  } = {},
): KafkaCluster {
  const { newestVersion, ...connection } = options;
  const cluster = createKafkaCluster(
    {
      clientId: uniqueName('lag'),
      requestTimeoutMs: 5_000,
      ...connection,
      brokers: brokersOf(connection),
    },
    { logger: quietLogger, newestVersion },
  );
  t.onTestFinished(() => cluster.close());
  return cluster;
}

/** Waits until a new Kafka has created and loaded the partitions of `__consumer_offsets`. */
export async function awaitGroups(cluster: KafkaCluster): Promise<void> {
  const nowhere = [{ topic: 'none', partition: 0, offset: 0n }];
  await expect(cluster.commitOffsets('none', nowhere)).rejects.toMatchObject({
    code: 'UNKNOWN_TOPIC_OR_PARTITION',
  });
  await eventually(async () => {
    const { problems } = await cluster.snapshot({ includeGroup: () => false });
    expect(problems).toEqual([]);
  });
}

export function createAdmin(t: TestScope, place: Place = {}): Admin {
  const admin = new Admin({
    clientId: uniqueName('admin'),
    bootstrapBrokers: brokersOf(place),
  });
  t.onTestFinished(() => admin.close());
  return admin;
}

export function createProducer(
  t: TestScope,
  options: Place &
    Partial<ProducerOptions<Buffer, Buffer, Buffer, Buffer>> = {},
): Producer<Buffer, Buffer, Buffer, Buffer> {
  const { brokers: _, ...rest } = options;
  const producer = new Producer<Buffer, Buffer, Buffer, Buffer>({
    clientId: uniqueName('producer'),
    bootstrapBrokers: brokersOf(options),
    ...rest,
  });
  t.onTestFinished(() => producer.close(true));
  return producer;
}

/** Sends one record per value to a partition. */
export async function sendValues(
  producer: Pick<Producer<Buffer, Buffer, Buffer, Buffer>, 'send'>,
  topic: string,
  values: readonly string[],
  partition = 0,
): Promise<void> {
  await producer.send({
    messages: values.map(value => ({
      topic,
      partition,
      value: Buffer.from(value),
    })),
  });
}

/** Starts a group member that reads these topics and commits nothing. */
export async function joinGroup(
  t: TestScope,
  options: Place & { groupId: string; topics: string[] } & Pick<
      ConsumerOptions<Buffer, Buffer, Buffer, Buffer>,
      'groupInstanceId'
    > & { groupProtocol?: 'consumer' },
): Promise<{ leave(): Promise<void> }> {
  const { topics, brokers, groupProtocol, ...rest } = options;
  const consumer = new Consumer<Buffer, Buffer, Buffer, Buffer>({
    clientId: uniqueName('member'),
    bootstrapBrokers: brokersOf({ brokers }),
    autocommit: false,
    ...(groupProtocol === undefined ? {} : { groupProtocol }),
    ...rest,
  });
  const leave = async () => {
    await consumer.close(true);
  };
  t.onTestFinished(leave);
  const stream = await consumer.consume({ topics, mode: 'latest' });
  stream.resume();
  return { leave };
}

/** Opens a plain connection to one broker. */
export async function connectTo(
  t: TestScope,
  address = testServers().kafka.brokers[0],
): Promise<Connection> {
  const [host, port] = address.split(':');
  const connection = new Connection('test');
  t.onTestFinished(() => connection.close());
  await connection.connect(host, Number(port));
  return connection;
}

/** Joins a group as its leader and never syncs, so that the group stays in its rebalance. */
export async function joinWithoutSync(
  t: TestScope,
  groupId: string,
): Promise<void> {
  const connection = await connectTo(t);
  const join = (memberId: string) =>
    joinGroupV9.api.async(
      connection,
      groupId,
      30_000,
      60_000,
      memberId,
      null,
      'consumer',
      [{ name: 'range', metadata: Buffer.alloc(0) }],
    );
  try {
    await join('');
  } catch (error) {
    // The first response only assigns the member id to join with.
    const asked =
      error instanceof Error &&
      findErrorBy(error, 'apiId', 'MEMBER_ID_REQUIRED');
    if (!asked) throw error;
    await join(String(asked.memberId));
  }
}

/** Commits an offset that expires after a millisecond, as only old versions of the request can. */
export async function commitForAMoment(
  t: TestScope,
  place: Place,
  what: { groupId: string; topic: string; partition: number },
): Promise<void> {
  const { groupId, topic, partition } = what;
  const commit = createAPI<[], { topics: unknown[] }>(
    offsetCommitV2.api.key,
    offsetCommitV2.api.version,
    () =>
      Writer.create()
        .appendString(groupId, false)
        .appendInt32(-1)
        .appendString('', false)
        .appendInt64(1n)
        .appendArray(
          [topic],
          writer =>
            writer
              .appendString(topic, false)
              .appendArray(
                [partition],
                entry =>
                  entry
                    .appendInt32(partition)
                    .appendInt64(1n)
                    .appendString(null, false),
                false,
                false,
              ),
          false,
          false,
        ),
    offsetCommitV2.parseResponse,
    false,
    false,
  );
  const answers = await Promise.allSettled(
    brokersOf(place).map(async address =>
      commit.async(await connectTo(t, address)),
    ),
  );
  // All brokers but the group's coordinator refuse.
  if (!answers.some(({ status }) => status === 'fulfilled'))
    throw new Error('No broker accepted the offset.');
}

/** Deletes groups when the test ends, if they still exist. */
export async function forgetGroups(
  t: TestScope,
  ...groupIds: string[]
): Promise<void> {
  const admin = await createTestAdmin(t);
  t.onTestFinished(() => admin.deleteGroups(groupIds).catch(() => {}));
}

/** A group without members that has committed these offsets; deleted when the test ends. */
export async function createSimpleGroup(
  t: TestScope,
  cluster: KafkaCluster,
  offsets: Parameters<KafkaCluster['commitOffsets']>[1],
): Promise<string> {
  const groupId = uniqueName('simple');
  await forgetGroups(t, groupId);
  await cluster.commitOffsets(groupId, offsets);
  return groupId;
}

/** Selects only these groups and their topics. */
export function only(...groupIds: string[]) {
  return {
    includeGroup: (groupId: string) => groupIds.includes(groupId),
    includeTopic: () => false,
  };
}

/** Offsets by `topic/partition`. */
export function committedIn(
  group: GroupSnapshot | undefined,
): Record<string, bigint | null> {
  return Object.fromEntries(
    (group?.committed ?? []).map(({ topic, partition, offset }) => [
      `${topic}/${partition}`,
      offset,
    ]),
  );
}

/** Denies all operations on a group or topic to everyone until the test ends. */
export async function denyAll(
  t: TestScope,
  place: Place,
  kind: 'group' | 'topic',
  name: string,
): Promise<void> {
  const admin = createAdmin(t, place);
  const entry = {
    resourceType: kind === 'topic' ? ResourceTypes.TOPIC : ResourceTypes.GROUP,
    resourceName: name,
    resourcePatternType: ResourcePatternTypes.LITERAL,
    principal: 'User:ANONYMOUS',
    host: '*',
    operation: AclOperations.ALL,
    permissionType: AclPermissionTypes.DENY,
  };
  await admin.createAcls({ creations: [entry] });
  t.onTestFinished(async () => {
    await admin.deleteAcls({ filters: [entry] });
  });
}
