import {
  createTestAdmin,
  createTestKafka,
  createTestProducer,
  createTestTopics,
  eventually,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';

/** A group that has read some records of each partition and then left. */
export interface LaggingGroup {
  readonly topic: string;
  readonly groupId: string;
  /** The number of records it has not read. */
  readonly lag: number;
}

const recordsEach = 3;

/** Creates a Kafka topic, records in each partition, and a group that has read the first of each. */
export async function createLaggingGroup(
  t: TestScope,
  partitions: number,
): Promise<LaggingGroup> {
  const { lag: topic } = await createTestTopics(t, ['lag'], { partitions });
  const groupId = uniqueName(`lag-${partitions}`);
  const admin = await createTestAdmin(t);
  t.onTestFinished(() => admin.deleteGroups([groupId]).catch(() => {}));
  const producer = await createTestProducer(t);
  await producer.send(
    Array.from({ length: partitions * recordsEach }, (_, index) => ({
      topic,
      key: null,
      value: JSON.stringify({ index }),
      partition: index % partitions,
    })),
  );
  await readFirstOfEach({ topic, groupId, partitions });
  // Counted, because a producer may write a record twice.
  const offsets = await admin.topicOffsets(topic);
  return {
    topic,
    groupId,
    lag: offsets.reduce((sum, { high }) => sum + Number(high) - 1, 0),
  };
}

/** Commits after the first record of each partition, and leaves. */
async function readFirstOfEach(wanted: {
  topic: string;
  groupId: string;
  partitions: number;
}): Promise<void> {
  const { topic, groupId, partitions } = wanted;
  const consumer = createTestKafka().consumer({
    groupId,
    fromBeginning: true,
    maxWaitMs: 100,
  });
  const done = new Set<number>();
  try {
    await consumer.start({
      topics: [topic],
      onBatch: async batch => {
        const [first] = batch.records;
        if (first?.offset !== '0') return;
        await batch.commit('0');
        done.add(batch.partition);
      },
    });
    await eventually(
      () => {
        if (done.size < partitions)
          throw new Error(`${done.size} of ${partitions} partitions are read.`);
      },
      { timeoutMs: 30_000 },
    );
  } finally {
    await consumer.stop();
  }
}
