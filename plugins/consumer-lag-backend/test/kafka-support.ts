import type { LoggerService } from '@backstage/backend-plugin-api';
import { createTestAdmin, testServers, uniqueName } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import {
  Admin,
  Connection,
  Consumer,
  findErrorBy,
  joinGroupV9,
  Producer,
} from '@platformatic/kafka';
import type { ConsumerOptions, ProducerOptions } from '@platformatic/kafka';
import { createKafkaCluster } from '../src/services/KafkaCluster';
import type {
  ClusterConnection,
  GroupSnapshot,
  KafkaCluster,
} from '../src/services/KafkaCluster';

const silence: LoggerService = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silence,
};

export interface Place {
  /** By default the Kafka that all tests share. */
  readonly brokers?: readonly string[];
}

const brokersOf = ({ brokers }: Place) => [
  ...(brokers ?? testServers().kafka.brokers),
];

/** What is tested, closed when the test ends. */
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
    { logger: silence, newestVersion },
  );
  t.onTestFinished(() => cluster.close());
  return cluster;
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

/** Sends one record for each value to a partition. */
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

/** A member of a group that reads these topics and commits nothing. */
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

/** A member that has joined and, being the leader, is waited for by the group. */
export async function joinWithoutSync(
  t: TestScope,
  groupId: string,
  address = testServers().kafka.brokers[0],
): Promise<void> {
  const [host, port] = address.split(':');
  const connection = new Connection('test');
  t.onTestFinished(() => connection.close());
  await connection.connect(host, Number(port));
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
    // The first answer only gives the id under which to come again.
    const asked =
      error instanceof Error &&
      findErrorBy(error, 'apiId', 'MEMBER_ID_REQUIRED');
    if (!asked) throw error;
    await join(String(asked.memberId));
  }
}

/** Deletes groups when the test ends, as far as they are still there. */
export async function forgetGroups(
  t: TestScope,
  ...groupIds: string[]
): Promise<void> {
  const admin = await createTestAdmin(t);
  t.onTestFinished(() => admin.deleteGroups(groupIds).catch(() => {}));
}

/** Only these groups, and of topics only theirs. */
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
