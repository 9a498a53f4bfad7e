import {
  createTestAdmin,
  createTestKafka,
  createTestProducer,
  eventually,
  uniqueName,
} from '@homelab/test-kit';
import { canonicalReading, quietLogger } from './support';
import {
  kafkaTopics,
  topicDefinitions,
  topicSettings,
} from '@homelab/telemetry';
import { expect, test } from 'vitest';
import { KafkaLiveSource } from '../src/services/KafkaLiveSource';
import type { SourcedReading } from '@homelab/heat-pump';

test('receives what is produced after its start, and leaves no group behind', async t => {
  const admin = await createTestAdmin(t);
  await admin.createTopics(
    topicDefinitions.map(topic => ({
      name: topic.name,
      partitions: topic.partitions,
      config: topicSettings(topic),
    })),
  );
  const producer = await createTestProducer(t);
  const groupId = uniqueName('live');
  const source = new KafkaLiveSource({
    kafka: createTestKafka(),
    logger: quietLogger,
    createGroupId: () => groupId,
  });
  t.onTestFinished(() => source.stop());
  const heard: SourcedReading[] = [];
  source.subscribe(reading => heard.push(reading));
  source.start();
  await eventually(() => expect(source.status()).toMatchObject({ ok: true }), {
    timeoutMs: 30_000,
  });

  const deviceId = uniqueName('pump');
  const send = (seconds: number, supplyTemp: number) =>
    producer.send([
      {
        topic: kafkaTopics.heatpump,
        key: deviceId,
        value: JSON.stringify(canonicalReading(deviceId, seconds, supplyTemp)),
      },
    ]);
  await producer.send([
    { topic: kafkaTopics.heatpump, key: deviceId, value: 'garbage' },
  ]);
  await send(10, 38);
  await send(5, 11);
  await send(20, 39);

  await eventually(() => {
    const mine = heard.filter(one => one.deviceId === deviceId);
    expect(mine.at(-1)).toMatchObject({ reading: { supply_temp: 39 } });
  });
  await source.stop();
  // The group is gone, so deleting it again fails.
  await expect(admin.deleteGroups([groupId])).rejects.toThrow();
});
