import type {
  ClustersResponse,
  DeadLettersResponse,
  RedrivesResponse,
} from '@homelab/plugin-dead-letters-common';
import type { PollPace, PollQuery } from '@homelab/portal-react';
import type { DeadLettersApi } from './DeadLettersApi';

const pace: PollPace = {
  everyMs: 30_000,
  slowestMs: 120_000,
  requestMs: 15_000,
};

/** What the views of this plugin poll. Equal requests have equal keys and share one answer. */
export interface DeadLettersQueries {
  clusters(): PollQuery<ClustersResponse>;
  deadLetters(cluster: string): PollQuery<DeadLettersResponse>;
  /** The key without a topic is the beginning of the keys with one. */
  redrives(question: {
    cluster: string;
    topic?: string;
  }): PollQuery<RedrivesResponse>;
}

/** Creates the queries of a client. */
export function createDeadLettersQueries(
  api: DeadLettersApi,
): DeadLettersQueries {
  return {
    clusters: () => query(['clusters'], signal => api.getClusters({ signal })),
    deadLetters: cluster =>
      query(['dead-letters', cluster], signal =>
        api.getDeadLetters(cluster, { signal }),
      ),
    redrives: ({ cluster, topic }) =>
      query(
        ['redrives', cluster, ...(topic === undefined ? [] : [topic])],
        signal => api.getRedrives({ cluster, topic }, { signal }),
      ),
  };
}

function query<T extends { now: string }>(
  parts: readonly string[],
  ask: PollQuery<T>['ask'],
): PollQuery<T> {
  return {
    key: ['dead-letters', ...parts],
    ask,
    serverTimeOf: ({ now }) => now,
    pace,
  };
}
