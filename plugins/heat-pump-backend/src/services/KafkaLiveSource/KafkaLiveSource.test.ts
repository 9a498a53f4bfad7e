import { mockServices } from '@backstage/backend-test-utils';
import type { ConsumerSubscription, KafkaClient } from '@homelab/kafka';
import { kafkaTopics } from '@homelab/telemetry';
import type { SourcedReading } from '@homelab/heat-pump';
import { KafkaLiveSource } from './KafkaLiveSource';

/** A Kafka client whose consumers the test controls. */
function createFakeKafka() {
  const consumers: {
    groupId: string;
    subscription?: ConsumerSubscription;
    fail(error: Error): void;
    stopped: boolean;
  }[] = [];
  const deletedGroups: string[] = [];
  const kafka: Pick<KafkaClient, 'consumer' | 'admin'> = {
    consumer({ groupId }) {
      const { promise: failed, reject } = Promise.withResolvers<never>();
      failed.catch(() => {});
      const held = {
        groupId,
        subscription: undefined as ConsumerSubscription | undefined,
        stopped: false,
        fail: reject,
      };
      consumers.push(held);
      return {
        start: async subscription => {
          held.subscription = subscription;
        },
        stop: async () => {
          held.stopped = true;
        },
        pause: () => {},
        resume: () => {},
        assigned: () => [],
        failed,
        state: () => ({ ok: held.subscription !== undefined && !held.stopped }),
      };
    },
    admin: () => ({
      start: async () => {},
      stop: async () => {},
      deleteGroups: async groups => {
        deletedGroups.push(...groups);
      },
      brokers: async () => [],
      listTopics: async () => [],
      createTopics: async () => [],
      describeTopics: async () => [],
      addPartitions: async () => {},
      setTopicConfig: async () => {},
      deleteTopics: async () => {},
      topicOffsets: async () => [],
      groupOffsets: async () => [],
      raiseReplication: async () => {},
      deleteRecords: async () => {},
    }),
  };
  return { kafka, consumers, deletedGroups };
}

async function until(condition: () => boolean) {
  const deadlineMs = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadlineMs)
      throw new Error('The condition did not come true.');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

function deliver(
  subscription: ConsumerSubscription | undefined,
  value: Buffer,
) {
  return subscription?.onBatch({
    topic: kafkaTopics.heatpump,
    partition: 0,
    records: [{ offset: '0', timestampMs: 0, key: null, value, headers: {} }],
    highWatermark: '1',
    commit: async () => {
      throw new Error('A live tail must not commit.');
    },
    heartbeat: async () => {},
    isStale: () => false,
    isStopping: () => false,
  });
}

const reading = (second: number) =>
  Buffer.from(
    JSON.stringify({
      timestamp: new Date(Date.UTC(2026, 0, 12, 6, 0, second)).toISOString(),
      device_id: 'pump-1',
    }),
  );

function createSource() {
  const fake = createFakeKafka();
  const source = new KafkaLiveSource({
    kafka: fake.kafka,
    logger: mockServices.logger.mock(),
  });
  const heard: SourcedReading[] = [];
  source.subscribe(one => heard.push(one));
  return { ...fake, source, heard };
}

it('forwards every reading, survives garbage, and never commits', async () => {
  const { source, consumers, heard } = createSource();
  source.start();
  await until(() => consumers[0]?.subscription !== undefined);
  const subscription = consumers[0]?.subscription;
  await deliver(subscription, reading(2));
  await deliver(subscription, Buffer.from('garbage'));
  await deliver(subscription, reading(1));
  expect(heard.map(one => one.reading.timestamp.slice(17, 19))).toEqual([
    '02',
    '01',
  ]);
  expect(source.status().ok).toBe(true);
  await source.stop();
});

it('starts over with another consumer when one has failed permanently', async () => {
  const { source, consumers, heard } = createSource();
  source.start();
  await until(() => consumers[0]?.subscription !== undefined);
  consumers[0]?.fail(new Error('the cluster was rebuilt'));
  await until(() => consumers[1]?.subscription !== undefined);
  expect(consumers[0]?.stopped).toBe(true);
  await deliver(consumers[1]?.subscription, reading(1));
  expect(heard).toHaveLength(1);
  await source.stop();
});

it('reads with its own group and deletes it when it stops', async () => {
  const first = createSource();
  const second = createSource();
  first.source.start();
  second.source.start();
  await until(() => second.consumers[0]?.subscription !== undefined);
  expect(first.consumers[0]?.groupId).not.toBe(second.consumers[0]?.groupId);
  await first.source.stop();
  await first.source.stop();
  await second.source.stop();
  expect(first.deletedGroups).toEqual([first.consumers[0]?.groupId]);
});

it('says why it cannot follow', () => {
  const { source } = createSource();
  expect(source.status()).toEqual({
    ok: false,
    detail: 'Kafka cannot be followed: not started',
  });
});
