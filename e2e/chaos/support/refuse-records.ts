import { kafkaTopics } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { createTestAdmin, eventually } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { expect } from 'vitest';

/** Makes Kafka refuse records for a topic until the returned function is called. */
export async function refuseRecords(scope: TestScope, stream: Stream) {
  const topic = kafkaTopics[stream];
  const admin = await createTestAdmin(scope);
  const [described] = await admin.describeTopics([topic]);
  const config = described?.config ?? {};
  const allow = () => admin.setTopicConfig(topic, config);
  scope.onTestFinished(allow);
  // No record is that small.
  const refusing = { ...config, 'max.message.bytes': '1' };
  await admin.setTopicConfig(topic, refusing);
  await eventually(async () => {
    const [now] = await admin.describeTopics([topic]);
    expect(now?.config).toEqual(refusing);
  });
  return allow;
}
