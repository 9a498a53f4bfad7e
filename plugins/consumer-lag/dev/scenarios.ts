import type { GroupSummary } from '@homelab/plugin-consumer-lag-common';
import type { ConsumerLagApi } from '../src/api';
import {
  allAllowed,
  createFakeApi,
  noneAllowed,
} from '../src/testing/createFakeApi';
import { failing, failure } from '@homelab/portal-react/testing';
import {
  ago,
  createCluster,
  createDetail,
  createGroupsInShort,
  createPartitions,
} from '../src/testing/groups';
import { createEntityAnswer, createTopicDetail } from '../src/testing/topics';
import { justStarted, longNames, manyGroups, mixedGroups } from './mixedGroups';
import { mixedTopics } from './mixedTopics';

const minute = 60_000;
const now = () => new Date().toISOString();

const clusters = () => [
  createCluster(),
  createCluster({ name: 'cloud', title: 'Cloud' }),
];

function withGroups(
  groups: () => GroupSummary[],
  changes: Partial<ConsumerLagApi> = {},
): ConsumerLagApi {
  return createFakeApi({
    getClusters: async () => ({
      now: now(),
      clusters: clusters(),
      actions: allAllowed,
    }),
    getGroups: async () => ({
      now: now(),
      clusters: clusters(),
      total: groups().length,
      groups: groups(),
    }),
    getGroupsInShort: async limit => createGroupsInShort(groups(), limit),
    getEntityInShort: async ({ limit }) => ({
      ...createGroupsInShort(groups().slice(2, 4), limit),
      missing: ['home/timescaledb-garage'],
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
      total: mixedTopics().length,
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
      }),
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
    getGroupsInShort: fail,
    getEntityInShort: fail,
    getGroup: fail,
    getHistory: fail,
    getTopics: fail,
    getTopic: fail,
    getEntity: fail,
  });
}

/** Every state of the pages, by name. */
export const scenarios: Record<string, () => ConsumerLagApi> = {
  'every status': () => withGroups(mixedGroups),
  'all well': () => createFakeApi(),
  'no groups': () => withGroups(() => []),
  'just started': () => withGroups(justStarted),
  'long names': () => withGroups(longNames),
  '500 groups': () => withGroups(() => manyGroups(500)),
  loading: () =>
    createFakeApi({
      getGroups: () => new Promise(() => {}),
      getGroupsInShort: () => new Promise(() => {}),
      getEntityInShort: () => new Promise(() => {}),
      getGroup: () => new Promise(() => {}),
      getTopics: () => new Promise(() => {}),
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
        total: mixedGroups().length,
        groups: mixedGroups().map(group => ({
          ...group,
          readAt: ago(4 * minute),
        })),
      }),
    }),
  refused: () => failingApi(403, 'You need the permission consumer-lag.read.'),
  'portal fails': () => failingApi(500, 'The plugin has no database.'),
  'no actions': () =>
    withGroups(mixedGroups, {
      getClusters: async () => ({
        now: now(),
        clusters: clusters(),
        actions: noneAllowed,
      }),
    }),
};
