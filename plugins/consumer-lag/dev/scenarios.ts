import type {
  GroupSummary,
  LagStatus,
} from '@homelab/plugin-consumer-lag-common';
import type { ConsumerLagApi } from '../src/api';
import { createFakeApi, noneAllowed } from '../src/testing/createFakeApi';
import { failing, failure } from '../src/testing/failure';
import {
  ago,
  createCluster,
  createDetail,
  createGroup,
  createLaggingGroup,
  createPartitions,
  createSpark,
} from '../src/testing/groups';
import { createRandom } from '../src/testing/random';
import { createLetterTopic } from '../src/testing/letters';
import {
  createEntityAnswer,
  createPipeline,
  createTopicDetail,
} from '../src/testing/topics';
import { mixedTopics } from './mixedTopics';
import { playedRedrives } from './playedRedrives';

const minute = 60_000;
const now = () => new Date().toISOString();

/** Groups of every status. */
export function mixedGroups(): GroupSummary[] {
  return [
    createGroup({
      groupId: 'energy-archive',
      status: 'LOSS',
      since: ago(31 * minute),
      lag: '74010',
      timeLag: { kind: 'at-least', ms: 61 * minute },
      consumedPerSecond: 4.2,
      eta: { kind: 'falling-behind', recordsPerSecond: 8.2 },
      headroomMs: 0,
      topics: ['homelab.energy'],
      spark: createSpark(share => 20_000 + share * 54_000),
    }),
    createGroup({
      groupId: 'heatpump-alerts',
      status: 'STOP',
      since: ago(64 * minute),
      lag: '5124',
      timeLag: { kind: 'estimated', ms: 64 * minute },
      producedPerSecond: 1.4,
      consumedPerSecond: 0,
      eta: { kind: 'not-moving' },
      headroomMs: 6 * 24 * 60 * minute,
      memberCount: 0,
      state: 'Empty',
      topics: ['homelab.heatpump'],
      ownerRefs: ['group:default/heating'],
      spark: createSpark(share => share * 5_124),
    }),
    createGroup({
      groupId: 'timescaledb-rooms',
      status: 'STALL',
      since: ago(18 * minute),
      lag: '1',
      timeLag: { kind: 'exact', ms: 18 * minute },
      producedPerSecond: 0.2,
      consumedPerSecond: 0,
      eta: { kind: 'not-moving' },
      headroomMs: 42 * minute,
      memberCount: 1,
      topics: ['homelab.temperature'],
      spark: createSpark(share => (share < 0.7 ? 0 : 1)),
    }),
    createLaggingGroup(),
    createGroup({
      groupId: 'connect-backup',
      cluster: 'cloud',
      status: 'UNREADABLE',
      lag: null,
      timeLag: { kind: 'unknown', ms: null },
      producedPerSecond: null,
      consumedPerSecond: null,
      eta: { kind: 'unknown' },
      state: null,
      memberCount: 0,
      partitionCount: 0,
      topics: [],
      ownerRefs: [],
      spark: createSpark(() => null),
      problem: {
        code: 'GROUP_AUTHORIZATION_FAILED',
        message: 'Kafka denies the portal this group.',
      },
    }),
    createGroup({
      groupId: 'energy-websocket',
      status: 'UNKNOWN',
      since: ago(90_000),
      lag: '12',
      timeLag: { kind: 'unknown', ms: null },
      consumedPerSecond: null,
      eta: { kind: 'unknown' },
      topics: ['homelab.energy', 'homelab.heatpump', 'homelab.temperature'],
      spark: createSpark(share => (share < 0.95 ? null : 12)),
    }),
    createGroup({
      groupId: 'old-dashboard',
      status: 'NO_COMMIT',
      lag: null,
      timeLag: { kind: 'unknown', ms: null },
      consumedPerSecond: 0,
      eta: { kind: 'unknown' },
      memberCount: 0,
      state: 'Empty',
      topics: ['homelab.energy'],
      ownerRefs: [],
      spark: createSpark(() => null),
    }),
    createGroup({
      groupId: 'migration-2024',
      status: 'ORPHANED',
      lag: null,
      timeLag: { kind: 'unknown', ms: null },
      producedPerSecond: null,
      consumedPerSecond: null,
      memberCount: 0,
      state: 'Empty',
      topics: ['energy-v1'],
      ownerRefs: [],
      spark: createSpark(() => null),
    }),
    createGroup({
      groupId: 'timescale-sink',
      lag: '31',
      timeLag: { kind: 'estimated', ms: 2_400 },
      eta: { kind: 'draining', ms: 3_000 },
      spark: createSpark(share => 30 + 25 * Math.sin(share * 40)),
    }),
    createGroup({
      groupId: 'mqtt-kafka-bridge-redrive',
      topics: ['homelab.ingest.redrive'],
      producedPerSecond: 0,
      consumedPerSecond: 0,
    }),
    createGroup({
      groupId: 'billing-export',
      cluster: 'cloud',
      producedPerSecond: 12_840.2,
      consumedPerSecond: 12_861.7,
      lag: '18234',
      timeLag: { kind: 'estimated', ms: 1_400 },
      eta: { kind: 'draining', ms: 14 * minute },
      topics: ['cloud.billing.meter-readings.v2'],
      ownerRefs: ['group:default/billing'],
      spark: createSpark(share => 18_000 + 4_000 * Math.sin(share * 9)),
    }),
  ];
}

const statuses: LagStatus[] = [
  'OK',
  'OK',
  'OK',
  'OK',
  'OK',
  'OK',
  'OK',
  'WARN',
];

/** So many groups that no screen holds them. */
export function manyGroups(count: number): GroupSummary[] {
  const random = createRandom(5);
  return Array.from({ length: count }, (_, index) => {
    const status =
      statuses[Math.floor(random() * statuses.length)] ?? ('OK' as const);
    const lag = status === 'OK' ? Math.floor(random() * 40) : 4_000;
    const overrides = {
      groupId: `service-${String(index).padStart(3, '0')}-consumer`,
      topics: [`domain-${index % 40}.events`],
      lag: String(lag),
      spark: createSpark(share => lag * (0.5 + share / 2)),
    };
    return status === 'OK'
      ? createGroup(overrides)
      : createLaggingGroup(overrides);
  }).sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ severity }: GroupSummary): number {
  return severity === 'ok' ? 1 : 0;
}

const clusters = () => [
  createCluster(),
  createCluster({ name: 'cloud', title: 'Cloud' }),
];

function withGroups(
  groups: () => GroupSummary[],
  changes: Partial<ConsumerLagApi> = {},
): ConsumerLagApi {
  return createFakeApi({
    getGroups: async () => ({
      now: now(),
      clusters: clusters(),
      groups: groups(),
    }),
    getGroup: async ({ cluster, groupId }) => {
      const summary = groups().find(
        group => group.cluster === cluster && group.groupId === groupId,
      );
      if (summary === undefined)
        throw await failure(
          404,
          `No group ${groupId} is known in the cluster ${cluster}.`,
        );
      const worst = Number(summary.lag ?? 0);
      const members =
        summary.memberCount === 0
          ? []
          : ['sink-1-7d5f', 'sink-2-91ab'].slice(0, summary.memberCount);
      const partitions = createPartitions({
        count: partitionCounts[groupId] ?? 12,
        topic: summary.topics[0],
        worst,
        members,
        status: summary.status,
      });
      return {
        now: now(),
        cluster: createCluster({
          name: cluster,
          dashboardUrl: 'https://kafka.example.org/ui',
        }),
        group: createDetail({ ...summary, partitions }),
      };
    },
    getTopics: async () => ({
      now: now(),
      clusters: clusters(),
      topics: mixedTopics(),
    }),
    getTopic: async ({ cluster, topic }) => ({
      now: now(),
      cluster: createCluster({ name: cluster }),
      topic: createTopicDetail(
        mixedTopics().find(one => one.topic === topic) ?? { cluster, topic },
      ),
    }),
    getEntity: async () =>
      createEntityAnswer({
        groups: groups().slice(2, 4),
        missing: ['home/timescaledb-garage'],
        pipelines: [
          createPipeline({ stopsAt: 3 }),
          { ...createPipeline(), name: 'rooms', title: 'Room temperatures' },
        ],
      }),
    getDeadLetters: async cluster => ({
      now: now(),
      checkedAt: ago(20_000),
      cluster,
      topics: [
        createLetterTopic(),
        createLetterTopic({
          topic: 'homelab.ingest.dlq',
          isPartial: true,
          letters: 1_204_331,
          examined: 100_000,
          waiting: 100_000,
          redriven: 0,
          groups: [
            {
              code: 'topic_unknown',
              isRest: false,
              waiting: 98_120,
              redriven: 0,
            },
            { code: 'other', isRest: true, waiting: 1_880, redriven: 0 },
          ],
        }),
        createLetterTopic({
          topic: 'homelab.rooms.dlq',
          problem: 'Kafka denies the portal this topic.',
          letters: 0,
          waiting: 0,
          redriven: 0,
          groups: [],
          oldestFailedAt: null,
          newestFailedAt: null,
        }),
        createLetterTopic({
          topic: 'homelab.heatpump.dlq',
          letters: 0,
          waiting: 0,
          redriven: 0,
          groups: [],
          oldestFailedAt: null,
          newestFailedAt: null,
        }),
      ],
      runningRedriveId: null,
    }),
    ...playedRedrives(),
    ...changes,
  });
}

const partitionCounts: Record<string, number> = {
  'timescaledb-rooms': 1,
  'timescaledb-energy': 12,
  'energy-archive': 200,
};

function failingApi(status: number, message: string): ConsumerLagApi {
  const fail = failing(status, message);
  return createFakeApi({
    getClusters: fail,
    getGroups: fail,
    getGroup: fail,
    getHistory: fail,
    getTopics: fail,
    getTopic: fail,
    getEntity: fail,
    getDeadLetters: fail,
    getLetters: fail,
    getRedrives: fail,
  });
}

/** Every state that the pages know, by name. */
export const scenarios: Record<string, () => ConsumerLagApi> = {
  'every status': () => withGroups(mixedGroups),
  'all well': () => createFakeApi(),
  'no groups': () => withGroups(() => []),
  '500 groups': () => withGroups(() => manyGroups(500)),
  loading: () =>
    createFakeApi({
      getGroups: () => new Promise(() => {}),
      getGroup: () => new Promise(() => {}),
      getTopics: () => new Promise(() => {}),
      getDeadLetters: () => new Promise(() => {}),
      getEntity: () => new Promise(() => {}),
    }),
  'kafka away': () =>
    withGroups(mixedGroups, {
      getGroups: async () => ({
        now: now(),
        clusters: [
          createCluster({
            polledAt: ago(4 * minute),
            problem: {
              code: 'CONNECTION_REFUSED',
              message: 'No broker of localhost:9092 can be reached.',
            },
          }),
          createCluster({
            name: 'cloud',
            title: 'Cloud',
            partialProblems: [
              {
                code: 'GROUP_AUTHORIZATION_FAILED',
                message: 'Kafka denies the portal the group connect-backup.',
              },
              {
                code: 'LEADER_NOT_AVAILABLE',
                message: 'homelab.energy-7 has no leader.',
              },
            ],
          }),
        ],
        groups: mixedGroups().map(group => ({
          ...group,
          readAt: ago(4 * minute),
        })),
      }),
    }),
  refused: () => failingApi(403, 'You need the permission consumer-lag.read.'),
  'portal fails': () => failingApi(500, 'The database of the plugin rests.'),
  'no actions': () =>
    withGroups(mixedGroups, {
      getClusters: async () => ({
        now: now(),
        clusters: clusters(),
        actions: noneAllowed,
      }),
    }),
};
