import { createApiRef, useApi } from '@backstage/frontend-plugin-api';
import type {
  ClustersResponse,
  DeadLettersResponse,
  RedrivesResponse,
} from '@homelab/plugin-dead-letters-common';
import { createPollStores, usePoll } from '@homelab/portal-react';
import type {
  Polled,
  PollPace,
  PollStore,
  Visibility,
} from '@homelab/portal-react';
import type { DeadLettersApi } from './DeadLettersApi';

const pace: PollPace = {
  everyMs: 30_000,
  slowestMs: 120_000,
  requestMs: 15_000,
  stopsWhenHidden: true,
};

/** An answer that was not renewed for this time is shown as stale. */
const staleAfterMs = 120_000;

/** One poller for each question, shared by every view that asks it. */
export interface DeadLettersStores {
  clusters(): PollStore<ClustersResponse>;
  deadLetters(cluster: string): PollStore<DeadLettersResponse>;
  redrives(question: {
    cluster: string;
    topic?: string;
  }): PollStore<RedrivesResponse>;
}

export const deadLettersStoresRef = createApiRef<DeadLettersStores>().with({
  id: 'plugin.dead-letters.stores',
  pluginId: 'dead-letters',
});

/** Creates the stores of a page. Nothing is asked before somebody looks. */
export function createDeadLettersStores(deps: {
  api: DeadLettersApi;
  visibility: Visibility;
  now: () => number;
}): DeadLettersStores {
  const { api } = deps;
  const storesOf = createPollStores(deps);
  const clusters = storesOf(pace, (_: null, signal) =>
    api.getClusters({ signal }),
  );
  return {
    clusters: () => clusters(null),
    deadLetters: storesOf(pace, (cluster: string, signal) =>
      api.getDeadLetters(cluster, { signal }),
    ),
    redrives: storesOf(
      pace,
      (question: { cluster: string; topic?: string }, signal) =>
        api.getRedrives(question, { signal }),
    ),
  };
}

/** Keeps a component up to date with one store. */
export function useDeadLetters<T>(
  choose: (stores: DeadLettersStores) => PollStore<T>,
): Polled<T> {
  return usePoll(choose(useApi(deadLettersStoresRef)), { staleAfterMs });
}
