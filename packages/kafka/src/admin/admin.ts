import { setTimeout as delay } from 'node:timers/promises';
import type { Admin } from '@homelab/kafkajs';
import {
  KafkaError,
  kafkaClientCodes,
  toKafkaError,
} from '../connection/errors.ts';
import type { KafkaAdmin } from '../types.ts';

/** One kafkajs admin with its own connections. */
export interface AdminLink {
  readonly admin: Admin;
  destroy(): void;
}

const createTimeoutMs = 15_000;
const leaderPollMs = 50;
const reassignTimeoutMs = 120_000;
// The enums of kafkajs are CommonJS exports that Node cannot see by name.
const topicResource = 2;
const dynamicTopicConfig = 1;

/** Creates the admin described by {@link KafkaAdmin}. */
export function createAdmin({ admin, destroy }: AdminLink): KafkaAdmin {
  /** Topic metadata of those names that exist. */
  async function existing(names: readonly string[]) {
    const known = new Set(await admin.listTopics());
    const topics = names.filter(name => known.has(name));
    if (topics.length === 0) return [];
    const metadata = await admin.fetchTopicMetadata({ topics });
    return topics.flatMap(name =>
      metadata.topics.filter(topic => topic.name === name),
    );
  }

  async function configsOf(names: readonly string[]) {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: names.map(name => ({ type: topicResource, name })),
    });
    return new Map(
      resources.map(({ resourceName, configEntries }) => [
        resourceName,
        Object.fromEntries(
          configEntries
            .filter(
              ({ configSource }) => Number(configSource) === dynamicTopicConfig,
            )
            .map(({ configName, configValue }) => [configName, configValue]),
        ),
      ]),
    );
  }

  /**
   * Resolves once every partition of these topics has a leader that knows it: the metadata
   * names a leader before that broker accepts records.
   */
  async function waitForLeaders(names: string[]) {
    const deadlineMs = Date.now() + createTimeoutMs;
    const requireLeaders = async () => {
      const { topics } = await admin.fetchTopicMetadata({ topics: names });
      for (const { name, partitions } of topics) {
        if (partitions.every(({ leader }) => leader >= 0)) continue;
        throw new Error(`The Kafka topic ${name} has no leader yet.`);
      }
      for (const name of names) await admin.fetchTopicOffsets(name);
    };
    for (;;) {
      try {
        return await requireLeaders();
      } catch (error) {
        if (Date.now() > deadlineMs) throw error;
      }
      await delay(leaderPollMs);
    }
  }

  /** Resolves once no partition of the topic is being copied. */
  async function waitForReassignment(name: string) {
    const deadlineMs = Date.now() + reassignTimeoutMs;
    for (;;) {
      const { topics } = await admin.listPartitionReassignments({});
      const busy = topics.some(({ topic }) => topic === name);
      if (!busy) return;
      if (Date.now() > deadlineMs) throw stillCopying(name);
      await delay(leaderPollMs);
    }
  }

  return guarded({
    start: () => admin.connect(),
    async stop() {
      await admin.disconnect();
      destroy();
    },
    async brokers() {
      const { brokers } = await admin.describeCluster();
      return brokers.map(({ nodeId }) => nodeId);
    },
    listTopics: () => admin.listTopics(),
    async createTopics(topics) {
      const known = new Set(await admin.listTopics());
      const missing = topics.filter(({ name }) => !known.has(name));
      if (missing.length > 0) {
        await admin.createTopics({
          // kafkajs waits only while a leader is missing, not until every broker knows
          // the new topic; waitForLeaders does both.
          waitForLeaders: false,
          timeout: createTimeoutMs,
          topics: missing.map(
            ({ name, partitions, replicationFactor = 1, config }) => ({
              topic: name,
              numPartitions: partitions,
              replicationFactor,
              configEntries: entriesOf(config ?? {}),
            }),
          ),
        });
      }
      // Includes topics that another process has just created.
      await waitForLeaders(topics.map(({ name }) => name));
      return missing.map(({ name }) => name);
    },
    async describeTopics(names) {
      const topics = await existing(names);
      if (topics.length === 0) return [];
      const configs = await configsOf(topics.map(({ name }) => name));
      return topics.map(({ name, partitions }) => ({
        name,
        partitions: partitions.length,
        replicationFactor: partitions[0]?.replicas.length ?? 0,
        config: configs.get(name) ?? {},
      }));
    },
    async addPartitions(name, partitions) {
      await admin.createPartitions({
        topicPartitions: [{ topic: name, count: partitions }],
      });
    },
    async setTopicConfig(name, config) {
      await admin.alterConfigs({
        validateOnly: false,
        resources: [
          {
            type: topicResource,
            name,
            configEntries: entriesOf(config),
          },
        ],
      });
    },
    async raiseReplication(name, replicationFactor) {
      const { brokers } = await admin.describeCluster();
      const nodes = brokers.map(({ nodeId }) => nodeId);
      if (nodes.length < replicationFactor)
        throw tooFewBrokers(name, replicationFactor, nodes.length);
      const [topic] = await existing([name]);
      const partitionAssignment = (topic?.partitions ?? []).map(
        ({ partitionId, replicas }) => ({
          partition: partitionId,
          replicas: replicasOf(
            replicas,
            // A different start for each partition spreads the replicas.
            rotated(nodes, partitionId),
            replicationFactor,
          ),
        }),
      );
      await admin.alterPartitionReassignments({
        topics: [{ topic: name, partitionAssignment }],
      });
      await waitForReassignment(name);
    },
    async deleteRecords(name, before) {
      // kafkajs looks up the leaders without fetching the metadata first.
      await admin.fetchTopicMetadata({ topics: [name] });
      await admin.deleteTopicRecords({
        topic: name,
        partitions: before.map(({ partition, offset }) => ({
          partition,
          offset,
        })),
      });
    },
    async deleteTopics(names) {
      if (names.length > 0) await admin.deleteTopics({ topics: [...names] });
    },
    async topicOffsets(name) {
      const offsets = await admin.fetchTopicOffsets(name);
      return offsets
        .map(({ partition, low, high }) => ({ partition, low, high }))
        .toSorted((a, b) => a.partition - b.partition);
    },
    async groupOffsets(groupId, topics) {
      const offsets = await admin.fetchOffsets({
        groupId,
        topics: [...topics],
      });
      return offsets.flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, offset }) => ({
          topic,
          partition,
          offset: offset === '-1' ? null : offset,
        })),
      );
    },
    async deleteGroups(groupIds) {
      if (groupIds.length > 0) await admin.deleteGroups([...groupIds]);
    },
  });
}

/** The brokers that already hold a partition, plus others up to the replication factor. */
export function replicasOf(
  current: readonly number[],
  nodes: readonly number[],
  replicationFactor: number,
): number[] {
  const further = nodes.filter(node => !current.includes(node));
  return [...current, ...further].slice(
    0,
    Math.max(current.length, replicationFactor),
  );
}

function rotated(nodes: readonly number[], by: number): number[] {
  const start = nodes.length === 0 ? 0 : by % nodes.length;
  return [...nodes.slice(start), ...nodes.slice(0, start)];
}

function tooFewBrokers(name: string, wanted: number, brokers: number) {
  return new KafkaError(
    `The Kafka topic ${name} cannot have ${wanted} copies on ${brokers} brokers; add brokers first.`,
    { code: 'INVALID_REPLICATION_FACTOR', retryable: false },
  );
}

function stillCopying(name: string): KafkaError {
  return new KafkaError(
    `The Kafka topic ${name} is still being copied to other brokers after ${reassignTimeoutMs / 1000} s; Kafka continues in the background.`,
    { code: kafkaClientCodes.requestTimeout, retryable: true },
  );
}

function entriesOf(config: Readonly<Record<string, string>>) {
  return Object.entries(config).map(([name, value]) => ({ name, value }));
}

/** The same admin, but every rejection is a KafkaError. */
function guarded(admin: KafkaAdmin): KafkaAdmin {
  const guard =
    <Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
    async (...args: Args) => {
      try {
        return await act(...args);
      } catch (error) {
        throw toKafkaError(error);
      }
    };
  return {
    start: guard(admin.start),
    stop: guard(admin.stop),
    brokers: guard(admin.brokers),
    listTopics: guard(admin.listTopics),
    createTopics: guard(admin.createTopics),
    describeTopics: guard(admin.describeTopics),
    addPartitions: guard(admin.addPartitions),
    setTopicConfig: guard(admin.setTopicConfig),
    raiseReplication: guard(admin.raiseReplication),
    deleteRecords: guard(admin.deleteRecords),
    deleteTopics: guard(admin.deleteTopics),
    topicOffsets: guard(admin.topicOffsets),
    groupOffsets: guard(admin.groupOffsets),
    deleteGroups: guard(admin.deleteGroups),
  };
}
