import type { TopicSummary } from '@homelab/plugin-consumer-lag-common';
import { ago } from '../src/testing/groups';
import { createTopic } from '../src/testing/topics';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Kafka topics of every kind. */
export function mixedTopics(): TopicSummary[] {
  return [
    createTopic({
      readers: [
        {
          groupId: 'energy-archive',
          status: 'LOSS',
          severity: 'act',
          lag: '74010',
          timeLag: { kind: 'at-least', ms: 61 * minute },
        },
        {
          groupId: 'timescaledb-energy',
          status: 'WARN',
          severity: 'watch',
          lag: '6480',
          timeLag: { kind: 'estimated', ms: 9 * minute },
        },
        {
          groupId: 'timescale-sink',
          status: 'OK',
          severity: 'ok',
          lag: '0',
          timeLag: { kind: 'caught-up', ms: 0 },
        },
      ],
    }),
    createTopic({
      topic: 'homelab.heatpump',
      producedPerSecond: 1.4,
      records: '184220',
      retentionMs: 60 * minute,
      readers: [
        {
          groupId: 'heatpump-alerts',
          status: 'STOP',
          severity: 'act',
          lag: '5124',
          timeLag: { kind: 'estimated', ms: 64 * minute },
        },
      ],
      deadLetterTopic: 'homelab.heatpump.dlq',
    }),
    createTopic({
      topic: 'homelab.devices',
      partitionCount: 1,
      producedPerSecond: 0,
      movedAt: ago(3 * 60 * minute),
      cleanupPolicy: 'compact',
      retentionMs: null,
      records: '41',
      readers: [
        {
          groupId: 'timescale-sink',
          status: 'OK',
          severity: 'ok',
          lag: '0',
          timeLag: { kind: 'caught-up', ms: 0 },
        },
      ],
      deadLetterTopic: null,
    }),
    createTopic({
      topic: 'homelab.energy.dlq',
      partitionCount: 1,
      isDeadLetters: true,
      producedPerSecond: 0,
      movedAt: ago(4 * minute),
      records: '341',
      retentionMs: 30 * day,
      readers: [],
      deadLetterTopic: null,
    }),
    createTopic({
      topic: 'homelab.rooms.dlq',
      partitionCount: 0,
      producedPerSecond: null,
      movedAt: null,
      records: null,
      retentionMs: null,
      cleanupPolicy: null,
      readers: [],
      deadLetterTopic: null,
      problem: {
        code: 'TOPIC_AUTHORIZATION_FAILED',
        message: 'Kafka denies the portal this topic.',
      },
    }),
    createTopic({
      topic: '__consumer_offsets',
      isInternal: true,
      partitionCount: 50,
      readers: [],
      deadLetterTopic: null,
    }),
  ];
}
