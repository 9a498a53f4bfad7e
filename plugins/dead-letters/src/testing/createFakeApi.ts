import type { ClustersResponse } from '@homelab/plugin-dead-letters-common';
import type { DeadLettersApi } from '../api';
import {
  ago,
  createLetters,
  createLetterTopic,
  createRedrive,
} from './letters';

const now = () => new Date().toISOString();

/** Leave for every action. */
export const allAllowed: ClustersResponse['actions'] = {
  peek: { isAllowed: true, reason: null },
  redrive: { isAllowed: true, reason: null },
};

/** Why nothing is allowed, in the backend's words. */
export const noneAllowed: ClustersResponse['actions'] = {
  peek: {
    isAllowed: false,
    reason:
      'This is disabled: deadLetters.actions.peek.enabled is not true in the configuration.',
  },
  redrive: {
    isAllowed: false,
    reason: 'You need the permission dead-letters.redrive.',
  },
};

/** An API of one cluster with one dead-letter topic; a test says what is different. */
export function createFakeApi(
  overrides: Partial<DeadLettersApi> = {},
): DeadLettersApi {
  return {
    getClusters: async () => ({
      now: now(),
      clusters: [{ name: 'home', title: 'Home' }],
      actions: allAllowed,
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
      isOpen: true,
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
    ...overrides,
  };
}
