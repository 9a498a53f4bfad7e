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
import {
  createLetters,
  createLetterTopic,
  createRedrive,
  createReset,
  createResetPreview,
} from './letters';
import { createEntityAnswer, createTopic, createTopicDetail } from './topics';

const now = () => new Date().toISOString();

/** Leave for every action. */
export const allAllowed: ClustersResponse['actions'] = {
  peek: { isAllowed: true, reason: null },
  redrive: { isAllowed: true, reason: null },
  reset: { isAllowed: true, reason: null },
};

/** Why nothing is allowed, in the backend's words. */
export const noneAllowed: ClustersResponse['actions'] = {
  peek: {
    isAllowed: false,
    reason:
      'Records may not be shown: set consumerLag.actions.peek.enabled in the configuration.',
  },
  redrive: {
    isAllowed: false,
    reason: 'You need the permission consumer-lag.record.redrive.',
  },
  reset: {
    isAllowed: false,
    reason: 'You need the permission consumer-lag.offsets.reset.',
  },
};

/** An API of one cluster whose groups keep up; a test says what is different. */
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
    getDeadLetters: async cluster => ({
      now: now(),
      checkedAt: ago(20_000),
      cluster,
      topics: [createLetterTopic()],
      runningRedriveId: null,
    }),
    getLetters: async ({ cluster, topic, limit = 50 }) => ({
      now: now(),
      cluster,
      topic,
      letters: createLetters(limit),
      examined: limit,
      nextCursor: null,
    }),
    startRedrive: async (_topic, request) =>
      createRedrive({ dryRun: request.dryRun, ratePerSecond: 50 }),
    getRedrives: async () => ({
      now: now(),
      redrives: [createRedrive()],
      nextCursor: null,
      rate: { defaultPerSecond: 50, maxPerSecond: 500 },
    }),
    getRedrive: async ({ id }) => createRedrive({ id }),
    cancelRedrive: async ({ id }) => createRedrive({ id, state: 'cancelled' }),
    resumeRedrive: async ({ id }) => createRedrive({ id, state: 'running' }),
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
