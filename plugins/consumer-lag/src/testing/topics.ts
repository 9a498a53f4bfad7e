import type {
  EntityResponse,
  Hop,
  Pipeline,
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

/** Everything of a topic. */
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

function createHop(overrides: Partial<Hop>): Hop {
  return {
    kind: 'kafka-topic',
    name: 'homelab.energy',
    title: 'homelab.energy',
    cluster: 'home',
    state: 'flowing',
    ratePerSecond: 12.4,
    newestAt: ago(2_000),
    detail: null,
    ...overrides,
  };
}

/**
 * The way of the energy readings.
 *
 * @param options.stopsAt index of the hop that gets nothing although the one before has it
 */
export function createPipeline(options: { stopsAt?: number } = {}): Pipeline {
  const { stopsAt = Infinity } = options;
  const hops: Hop[] = [
    createHop({
      kind: 'device',
      name: 'meter-1',
      title: 'Electricity meter',
      cluster: null,
      ratePerSecond: 0.1,
      detail: '1 of 1 devices online',
    }),
    createHop({
      kind: 'mqtt-topic',
      name: 'homelab/energy/+, saveeye/telemetry',
      title: 'homelab/energy/+, saveeye/telemetry',
      cluster: null,
      ratePerSecond: 12.4,
    }),
    createHop({}),
    createHop({
      kind: 'consumer-group',
      name: 'timescaledb-energy',
      title: 'timescaledb-energy',
      detail: '9 min behind',
    }),
    createHop({
      kind: 'table',
      name: 'energy_readings',
      title: 'energy_readings',
      cluster: null,
    }),
  ].map((hop, index) => {
    if (index < stopsAt) return hop;
    return {
      ...hop,
      state: index === stopsAt ? ('stopped' as const) : ('quiet' as const),
      ratePerSecond: 0,
      newestAt: ago(18 * minute),
    };
  });
  return {
    name: 'energy',
    title: 'Energy readings',
    hops,
    sentence:
      stopsAt === Infinity
        ? 'Energy readings arrive in energy_readings, the newest 2 s ago.'
        : `It stops at ${hops[stopsAt]?.title}: nothing came there for 18 min although the hop before has it.`,
  };
}

/** What an entity has to do with Kafka. */
export function createEntityAnswer(
  overrides: Partial<EntityResponse> = {},
): EntityResponse {
  return {
    now: new Date().toISOString(),
    clusters: [createCluster()],
    groups: [createGroup()],
    missing: [],
    pipelines: [createPipeline()],
    ...overrides,
  };
}
