import type {
  GroupDetail,
  TopicPartition,
  TopicSummary,
} from '@homelab/plugin-consumer-lag-common';
import {
  severityOfStatus,
  worstStatus,
} from '@homelab/plugin-consumer-lag-common';
import type { TopicSettings, TopicSnapshot } from '@homelab/kafka-clusters';
import { groupBy } from '@homelab/portal-node';
import {
  inOpenTransaction,
  ratePerSecond,
  sumKnown,
  sumKnownOffsets,
  sumLag,
  worstTimeLag,
} from './flow';
import type { LagMemory } from './LagMemory';
import { toInstant, toText } from './texts';

/** A Kafka topic with its partitions. */
export type TopicDetail = TopicSummary & { partitions: TopicPartition[] };

/** The input of {@link describeTopic}. */
export interface TopicSources {
  readonly cluster: string;
  readonly takenAtMs: number;
  readonly memory: LagMemory;
  readonly settings: TopicSettings | undefined;
  readonly readers: TopicSummary['readers'];
  readonly deadLetterTopic: string | null;
  readonly isDeadLetters: boolean;
}

/** Describes a Kafka topic: its rates, its retention and its consumer groups. */
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
    readers: sources.readers,
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
  return {
    partition: seen.partition,
    leader: seen.leader,
    low: toText(seen.low),
    end: toText(seen.high),
    inOpenTransaction: toText(inOpenTransaction(seen)),
    producedPerSecond: ratePerSecond(own.window.samples, ({ end }) => end),
    movedAt: toInstant(own.ring.movedAtMs),
    problem: seen.problem ?? null,
  };
}

/** The consumer groups of each Kafka topic of a cluster. */
export function readersOf(
  groups: readonly GroupDetail[],
): ReadonlyMap<string, TopicSummary['readers']> {
  const readers = new Map<string, TopicSummary['readers']>();
  for (const { groupId, partitions } of groups) {
    const byTopic = groupBy(partitions, ({ topic }) => topic);
    for (const [topic, own] of byTopic) {
      const status = worstStatus(own.map(one => one.status));
      if (status === undefined) continue;
      const reader = {
        groupId,
        status,
        severity: severityOfStatus(status),
        lag: toText(sumLag(own)),
        timeLag: worstTimeLag(own.map(({ timeLag }) => timeLag)),
      };
      const known = readers.get(topic);
      if (known) known.push(reader);
      else readers.set(topic, [reader]);
    }
  }
  return readers;
}
