import { createTestAdmin, createTestTopics } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';

const t = { onTestFinished };

test('replicas are placed on existing brokers, and too many are refused', async () => {
  const { topic } = await createTestTopics(t, ['topic'], { partitions: 3 });
  const admin = await createTestAdmin(t);
  await admin.raiseReplication(topic, 1);
  await expect(admin.raiseReplication(topic, 2)).rejects.toMatchObject({
    code: 'INVALID_REPLICATION_FACTOR',
    message: `The Kafka topic ${topic} cannot have 2 copies on 1 brokers; add brokers first.`,
  });
  expect(await admin.describeTopics([topic])).toMatchObject([
    { partitions: 3, replicationFactor: 1 },
  ]);
});
