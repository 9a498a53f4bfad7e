import type { MetadataAnswer } from './answers';
import { metadataApi } from './apis';
import type { BrokerAddress, BrokerVisit } from './brokers';
import { problemOf } from './problems';
import type { Problem } from './types';

export interface KnownBroker extends BrokerAddress {
  readonly nodeId: number;
}

export interface MappedPartition {
  readonly partition: number;
  /** Null when there is none. */
  readonly leader: number | null;
  readonly problem?: Problem;
}

export interface MappedTopic {
  readonly name: string;
  /** Null from brokers older than 2.8. */
  readonly id: string | null;
  readonly isInternal: boolean;
  readonly partitions: readonly MappedPartition[];
  readonly problem?: Problem;
}

/** The brokers and topics of a cluster, and the leaders of their partitions. */
export interface ClusterMap {
  readonly brokers: ReadonlyMap<number, KnownBroker>;
  readonly topics: ReadonlyMap<string, MappedTopic>;
}

const noId = '00000000-0000-0000-0000-000000000000';

/** Asks for topics by name, or for all visible ones; never creates one. */
export async function readClusterMap(
  visit: BrokerVisit,
  topics: readonly string[] | null,
): Promise<ClusterMap> {
  const answer = await visit.sendToAny(metadataApi, () => [
    topics === null ? null : [...topics],
    false,
    false,
  ]);
  return toClusterMap(answer);
}

/** Reads a map from a broker's response. */
export function toClusterMap(answer: MetadataAnswer): ClusterMap {
  const topics = new Map<string, MappedTopic>();
  for (const topic of answer.topics)
    if (topic.name) topics.set(topic.name, toTopic(topic, topic.name));
  return {
    brokers: new Map(
      answer.brokers.map(({ nodeId, host, port }) => [
        nodeId,
        { nodeId, host, port },
      ]),
    ),
    topics,
  };
}

function toTopic(
  topic: MetadataAnswer['topics'][number],
  name: string,
): MappedTopic {
  return {
    name,
    id: topic.topicId === noId ? null : topic.topicId,
    isInternal: topic.isInternal,
    problem: problemOf(topic.errorCode, `The Kafka topic ${name}`),
    partitions: topic.partitions
      .map(({ partitionIndex, leaderId, errorCode }) => ({
        partition: partitionIndex,
        leader: leaderId < 0 ? null : leaderId,
        // A missing replica does not matter as long as there is a leader.
        problem:
          leaderId < 0
            ? problemOf(errorCode || 5, partitionName(name, partitionIndex))
            : undefined,
      }))
      .sort((a, b) => a.partition - b.partition),
  };
}

/** How sentences name a partition. */
export function partitionName(topic: string, partition: number): string {
  return `Partition ${partition} of the Kafka topic ${topic}`;
}

/** Updates some topics of a map from a later one, and removes those it no longer has. */
export function updateMap(
  map: ClusterMap,
  asked: readonly string[],
  later: ClusterMap,
): ClusterMap {
  const topics = new Map(map.topics);
  for (const name of asked) {
    const topic = later.topics.get(name);
    if (topic === undefined || isGone(topic)) topics.delete(name);
    else topics.set(name, topic);
  }
  return { brokers: later.brokers, topics };
}

function isGone({ problem }: MappedTopic): boolean {
  return problem?.code === 'UNKNOWN_TOPIC_OR_PARTITION';
}
