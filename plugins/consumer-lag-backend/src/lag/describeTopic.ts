import type {
  GroupDetail,
  TopicPartition,
  TopicSummary,
} from '@homelab/plugin-consumer-lag-common';
import {
  severityOfStatus,
  worstStatus,
} from '@homelab/plugin-consumer-lag-common';
import type { TopicSettings, TopicSnapshot } from '../services/KafkaCluster';
import {
  ratePerSecond,
  sumKnown,
  sumKnownOffsets,
  sumLag,
  worstTimeLag,
} from './flow';
import type { LagMemory } from './LagMemory';
import { toInstant, toText } from './texts';

/** A Kafka topic in one line, with its partitions. */
export type TopicDetail = TopicSummary & { partitions: TopicPartition[] };

/** What a Kafka topic is described from. */
export interface TopicSources {
  readonly cluster: string;
  readonly takenAtMs: number;
  readonly memory: LagMemory;
  readonly settings: TopicSettings | undefined;
  /** All groups of the cluster. */
  readonly groups: readonly GroupDetail[];
  readonly deadLetterTopic: string | null;
  readonly isDeadLetters: boolean;
}

/** Describes a Kafka topic: what is written to it, what it keeps, who reads it. */
export function describeTopicDetail(
  topic: TopicSnapshot,
  sources: TopicSources,
): TopicDetail {
  const partitions = topic.partitions.map(one =>
    describePartition(topic.name, one, sources.memory),
  );
  const movedAt = partitions.flatMap(one => one.movedAt ?? []).toSorted();
  const records = sumKnownOffsets(
    topic.partitions.map(({ low, high }) =>
      low === null || high === null ? null : high - low,
    ),
  );
  return {
    cluster: sources.cluster,
    topic: topic.name,
    isInternal: topic.isInternal,
    partitionCount: partitions.length,
    records: toText(records),
    producedPerSecond: sumKnown(partitions.map(one => one.producedPerSecond)),
    movedAt: movedAt.at(-1) ?? null,
    retentionMs: sources.settings?.retentionMs ?? null,
    cleanupPolicy: sources.settings?.cleanupPolicy ?? null,
    readers: sources.groups.flatMap(group => readerOf(group, topic.name)),
    deadLetterTopic: sources.deadLetterTopic,
    isDeadLetters: sources.isDeadLetters,
    readAt: new Date(sources.takenAtMs).toISOString(),
    problem: topic.problem ?? null,
    partitions,
  };
}

function describePartition(
  topic: string,
  seen: TopicSnapshot['partitions'][number],
  memory: LagMemory,
): TopicPartition {
  const own = memory.partition(topic, seen.partition);
  const { high, stable } = seen;
  return {
    partition: seen.partition,
    leader: seen.leader,
    low: toText(seen.low),
    end: toText(high),
    inOpenTransaction:
      high !== null && stable !== null && stable < high
        ? String(high - stable)
        : null,
    producedPerSecond: ratePerSecond(own.window.samples, ({ end }) => end),
    movedAt: toInstant(own.ring.movedAtMs),
    problem: seen.problem ?? null,
  };
}

function readerOf(group: GroupDetail, topic: string): TopicSummary['readers'] {
  const own = group.partitions.filter(one => one.topic === topic);
  const status = worstStatus(own.map(one => one.status));
  if (status === undefined) return [];
  return [
    {
      groupId: group.groupId,
      status,
      severity: severityOfStatus(status),
      lag: toText(sumLag(own)),
      timeLag: worstTimeLag(own.map(({ timeLag }) => timeLag)),
    },
  ];
}
