import { randomUUID } from 'node:crypto';
import type { KafkaAdmin } from '@homelab/kafka';
import type { BenchContext } from './bench-context.ts';
import { mqttLogin } from './bridge-programs.ts';
import { benchKafka, recordCount, watchRecords } from './kafka-ends.ts';
import { publishReadings } from './reading-load.ts';

/**
 * Publishes at a fixed rate and gives, for each reading, the milliseconds from its publishing to the time
 * at which Kafka appended it.
 */
export async function readAppendLatencies(
  { stack, signal }: BenchContext,
  admin: KafkaAdmin,
  load: { topic: string; ratePerSecond: number; count: number },
): Promise<number[]> {
  const { topic, ratePerSecond, count } = load;
  // The broker then stamps each record itself.
  const [description] = await admin.describeTopics([topic]);
  await admin.setTopicConfig(topic, {
    ...description?.config,
    'message.timestamp.type': 'LogAppendTime',
  });
  const consumer = benchKafka(stack.ports.kafka).consumer({
    groupId: `bench-${randomUUID()}`,
    fromBeginning: false,
  });
  const latencies: number[] = [];
  let enough = () => {};
  const all = new Promise<void>(resolve => {
    enough = resolve;
  });
  await consumer.start({
    topics: [topic],
    onBatch: async ({ records }) => {
      for (const { value, timestampMs } of records) {
        const reading: { timestamp: string } = JSON.parse(String(value));
        latencies.push(timestampMs - Date.parse(reading.timestamp));
      }
      if (latencies.length >= count) enough();
    },
  });
  try {
    const from = await recordCount(admin, topic);
    await Promise.all([
      publishReadings({
        broker: mqttLogin(stack, 'devices'),
        count,
        ratePerSecond,
        firstMs: Date.now(),
        signal,
      }),
      watchRecords(admin, { topic, from, until: from + count }),
      all,
    ]);
  } finally {
    await consumer.stop();
  }
  return latencies;
}
