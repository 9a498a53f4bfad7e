import type {
  EntityResponse,
  TopicPartition,
  TopicResponse,
  TopicSummary,
} from '@homelab/plugin-consumer-lag-common';
import { ago, createCluster, createGroup } from './groups';

const minute = 60_000;
const day = 24 * 60 * minute;

/** A Kafka topic that one group reads. */
export function createTopic(
  overrides: Partial<TopicSummary> = {},
): TopicSummary {
  return {
    cluster: 'home',
    topic: 'homelab.energy',
    isInternal: false,
    partitionCount: 12,
    records: '2316540',
    producedPerSecond: 12.4,
    movedAt: ago(2_000),
    retentionMs: 7 * day,
    cleanupPolicy: 'delete',
    readers: [
      {
        groupId: 'timescaledb-energy',
        status: 'WARN',
        severity: 'watch',
        lag: '6480',
        timeLag: { kind: 'estimated', ms: 9 * minute },
      },
    ],
    deadLetterTopic: 'homelab.energy.dlq',
    isDeadLetters: false,
    readAt: ago(8_000),
    problem: null,
    ...overrides,
  };
}

/** A topic with all details. */
export function createTopicDetail(
  overrides: Partial<TopicResponse['topic']> = {},
): TopicResponse['topic'] {
  const topic = createTopic(overrides);
  return {
    ...topic,
    partitions: Array.from(
      { length: topic.partitionCount },
      (_, partition): TopicPartition => ({
        partition,
        leader: 1,
        low: '120000',
        end: String(184_000 + partition * 731),
        inOpenTransaction: null,
        producedPerSecond: 1.03,
        movedAt: ago(2_000),
        problem: null,
      }),
    ),
    ...overrides,
  };
}

/** The groups of an entity. */
export function createEntityAnswer(
  overrides: Partial<EntityResponse> = {},
): EntityResponse {
  return {
    now: new Date().toISOString(),
    clusters: [createCluster()],
    groups: [createGroup()],
    missing: [],
    ...overrides,
  };
}
