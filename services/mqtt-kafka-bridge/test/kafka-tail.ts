import { createTestKafka, uniqueName } from '@homelab/test-kit';
import type { ReadRecord, TestScope } from '@homelab/test-kit';

/**
 * Follows Kafka topics from now on and keeps the records that `isMine` selects, in the
 * order of arrival. The test servers are shared: reading their whole past would take
 * longer with every run.
 */
export async function followTopics(
  t: TestScope,
  topics: readonly string[],
  isMine: (record: ReadRecord) => boolean,
): Promise<readonly ReadRecord[]> {
  const kept: ReadRecord[] = [];
  const consumer = createTestKafka().consumer({
    groupId: uniqueName('follow'),
    fromBeginning: false,
    maxWaitMs: 100,
  });
  t.onTestFinished(() => consumer.stop());
  await consumer.start({
    topics,
    onBatch: async ({ topic, partition, records }) => {
      for (const { offset, timestampMs, key, value, headers } of records) {
        const record = { offset, timestampMs, key, value, headers };
        const read = { ...record, topic, partition };
        if (isMine(read)) kept.push(read);
      }
    },
  });
  return kept;
}

/** Selects the records with one of the keys. */
export function withKey(...keys: string[]): (record: ReadRecord) => boolean {
  const wanted = new Set(keys);
  return ({ key }) => key !== null && wanted.has(key.toString());
}

/** The value of a record, which is JSON. */
export function valueOf(record: ReadRecord): Record<string, unknown> {
  return JSON.parse(String(record.value));
}
