import type { ClustersResponse } from '@homelab/plugin-consumer-lag-common';
import type { ConsumerLagApi } from '../api';
import {
  ago,
  createCluster,
  createDetail,
  createGroup,
  createGroupsInShort,
} from './groups';
import { createHistory } from './history';
import { createReset, createResetPreview } from './resets';
import { createEntityAnswer, createTopic, createTopicDetail } from './topics';

const now = () => new Date().toISOString();

/** Every action allowed. */
export const allAllowed: ClustersResponse['actions'] = {
  reset: { isAllowed: true, reason: null },
};

/** Every action denied, with the backend's reasons. */
export const noneAllowed: ClustersResponse['actions'] = {
  reset: {
    isAllowed: false,
    reason: 'You need the permission consumer-lag.offsets.reset.',
  },
};

/** A fake API of one cluster whose groups keep up, with overrides. */
export function createFakeApi(
  overrides: Partial<ConsumerLagApi> = {},
): ConsumerLagApi {
  return {
    getClusters: async () => ({
      now: now(),
      clusters: [createCluster()],
      actions: allAllowed,
    }),
    getGroups: async () => ({
      now: now(),
      clusters: [createCluster()],
      total: 1,
      groups: [createGroup()],
    }),
    getGroupsInShort: async () => createGroupsInShort([createGroup()]),
    getGroup: async group => ({
      now: now(),
      cluster: createCluster({ name: group.cluster }),
      group: createDetail(group),
    }),
    getHistory: async ({ range }) => createHistory(range),
    getExactTimeLag: async () => ({
      now: now(),
      offset: '177740',
      recordAt: ago(552_000),
      timeLag: { kind: 'exact', ms: 552_000 },
    }),
    getTopics: async () => ({
      now: now(),
      clusters: [createCluster()],
      total: 1,
      topics: [createTopic()],
    }),
    getTopic: async topic => ({
      now: now(),
      cluster: createCluster({ name: topic.cluster }),
      topic: createTopicDetail(topic),
    }),
    getEntity: async () => createEntityAnswer(),
    getEntityInShort: async () => ({
      ...createGroupsInShort([createGroup()]),
      missing: [],
    }),
    previewReset: async () => createResetPreview(),
    applyReset: async () => createReset({ at: now() }),
    getResets: async () => ({ now: now(), resets: [createReset()] }),
    previewUndo: async () => ({
      now: now(),
      reset: createReset(),
      isGroupEmpty: true,
      moved: [],
      notRestorable: [],
      refusal: null,
    }),
    undoReset: async () =>
      createReset({
        state: 'undone',
        undoneAt: now(),
        undoneBy: 'user:default/anna',
      }),
    ...overrides,
  };
}
