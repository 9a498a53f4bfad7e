import { randomUUID } from 'node:crypto';
import type { KafkaAdmin } from '@homelab/kafka';
import type { BenchContext } from './bench-context.ts';
import { benchKafka, recordCount, watchRecords } from './kafka-ends.ts';
import { publishReadings } from './reading-load.ts';

/**
 * Publishes at a fixed rate. Gives, for each reading, the milliseconds from its publishing until
 * Kafka appended it.
 */
export async function readAppendLatencies(
  context: BenchContext,
  admin: KafkaAdmin,
  load: { topic: string; ratePerSecond: number; count: number },
): Promise<number[]> {
  const { topic, ratePerSecond, count } = load;
  // The broker then sets the time of each record.
  const [description] = await admin.describeTopics([topic]);
  await admin.setTopicConfig(topic, {
    ...description?.config,
    'message.timestamp.type': 'LogAppendTime',
  });
  const consumer = benchKafka(context.stack.ports.kafka).consumer({
    groupId: `bench-${randomUUID()}`,
    fromBeginning: false,
  });
  const latencies: number[] = [];
  const all = Promise.withResolvers<void>();
  await consumer.start({
    topics: [topic],
    onBatch: async ({ records }) => {
      for (const { value, timestampMs } of records) {
        const reading: { timestamp: string } = JSON.parse(String(value));
        latencies.push(timestampMs - Date.parse(reading.timestamp));
      }
      if (latencies.length >= count) all.resolve();
    },
  });
  try {
    const from = await recordCount(admin, topic);
    await Promise.all([
      publishReadings(context, { count, ratePerSecond }),
      watchRecords(admin, { topic, from, until: from + count }),
      all.promise,
    ]);
  } finally {
    await consumer.stop();
  }
  return latencies;
}
