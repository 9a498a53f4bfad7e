import { createKafkaClient } from '@homelab/kafka';
import type {
  ConsumedRecord,
  KafkaAdmin,
  KafkaClient,
  ReadRecord,
  RecordProducer,
} from '@homelab/kafka';
import type { EventLogger } from '@homelab/service-kit';
import { createMemoryLog } from './memory-log.ts';
import type { TestScope } from './test-scope.ts';
import { testServers } from './test-servers.ts';
import { uniqueName } from './unique-name.ts';

/** A client of the test cluster; opens nothing before it is used. */
export function createTestKafka(
  options: {
    logger?: EventLogger;
    clientId?: string;
  } = {},
): KafkaClient {
  return createKafkaClient({
    brokers: testServers().kafka.brokers,
    clientId: options.clientId ?? uniqueName('test'),
    logger: options.logger ?? createMemoryLog().logger,
  });
}

/** A connected admin of the test cluster, closed when the test ends. */
export async function createTestAdmin(t: TestScope): Promise<KafkaAdmin> {
  const admin = createTestKafka().admin();
  t.onTestFinished(() => admin.stop());
  await admin.start();
  return admin;
}

/** A connected producer to the test cluster, closed when the test ends. */
export async function createTestProducer(
  t: TestScope,
): Promise<RecordProducer> {
  const producer = createTestKafka().producer();
  t.onTestFinished(() => producer.stop());
  await producer.start();
  return producer;
}

/** Records of tests may have old times: Kafka would delete them during a test. */
const keptForEver = { 'retention.ms': '-1' };

/**
 * Creates a Kafka topic with a unique name for each name given, and deletes them when the
 * test ends. Gives the unique names by the given ones. By default topics have 1 partition and
 * keep records whatever their time.
 */
export async function createTestTopics<Name extends string>(
  t: TestScope,
  names: readonly Name[],
  options: {
    partitions?: number;
    config?: Readonly<Record<string, string>>;
  } = {},
): Promise<Readonly<Record<Name, string>>> {
  const { partitions = 1, config } = options;
  const admin = await createTestAdmin(t);
  const topics: Partial<Record<Name, string>> = {};
  for (const name of names) topics[name] = uniqueName(name);
  const all = allPresent(names, topics);
  t.onTestFinished(() => admin.deleteTopics(Object.values<string>(all)));
  await admin.createTopics(
    names.map(name => ({
      name: all[name],
      partitions,
      config: { ...keptForEver, ...config },
    })),
  );
  return all;
}

function allPresent<Name extends string>(
  names: readonly Name[],
  topics: Partial<Record<Name, string>>,
): Record<Name, string> {
  const isFull = (
    record: Partial<Record<Name, string>>,
  ): record is Record<Name, string> =>
    names.every(name => record[name] !== undefined);
  if (!isFull(topics)) throw new Error('Every topic needs a name.');
  return topics;
}

/** A record is decoded lazily from the broker's bytes; a copy keeps its fields. */
function copyOf(record: ConsumedRecord): ConsumedRecord {
  const { offset, timestampMs, key, value, headers } = record;
  return { offset, timestampMs, key, value, headers };
}

/**
 * Reads a Kafka topic from its beginning until `until` holds for all records read so
 * far, and gives them in the order of arrival. Throws after `timeoutMs` (default
 * 15 000) with the number of records read.
 */
export async function readTopic(
  t: TestScope,
  options: {
    topic: string;
    until: (records: readonly ReadRecord[]) => boolean;
    timeoutMs?: number;
  },
): Promise<readonly ReadRecord[]> {
  const { topic, until, timeoutMs = 15_000 } = options;
  const records: ReadRecord[] = [];
  const consumer = createTestKafka().consumer({
    groupId: uniqueName('read'),
    fromBeginning: true,
    maxWaitMs: 100,
  });
  t.onTestFinished(() => consumer.stop());
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(
          new Error(
            `The Kafka topic ${topic} did not have the expected records within ${timeoutMs} ms; ${records.length} records were read.`,
          ),
        );
      }, timeoutMs);
      consumer.failed.catch(reject);
      consumer
        .start({
          topics: [topic],
          onBatch: async ({ partition, records: read }) => {
            for (const record of read)
              records.push({ ...copyOf(record), topic, partition });
            if (until(records)) resolve();
          },
        })
        .catch(reject);
    });
    return [...records];
  } finally {
    clearTimeout(timer);
    await consumer.stop();
  }
}
