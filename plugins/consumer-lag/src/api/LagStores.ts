import { createApiRef } from '@backstage/frontend-plugin-api';
import { createPollStores } from '@homelab/portal-react';
import type { PollPace, PollStore, Visibility } from '@homelab/portal-react';
import type {
  ClustersResponse,
  EntityInShort,
  EntityResponse,
  GroupsInShort,
  GroupResponse,
  GroupsResponse,
  HistoryResponse,
  OffsetResetsResponse,
  TopicResponse,
  TopicsResponse,
} from '@homelab/plugin-consumer-lag-common';
import type {
  ConsumerLagApi,
  EntityName,
  GroupRef,
  HistoryQuestion,
  TopicRef,
} from './ConsumerLagApi';

const live: PollPace = {
  everyMs: 10_000,
  slowestMs: 60_000,
  requestMs: 15_000,
  stopsWhenHidden: true,
};
const slow: PollPace = { ...live, everyMs: 30_000, slowestMs: 120_000 };

/** History with the time of the answer, as a store needs it. */
export type PolledHistory = HistoryResponse & { now: string };

/** One poller for each question, shared by every view that asks it. */
export interface LagStores {
  clusters(): PollStore<ClustersResponse>;
  groups(): PollStore<GroupsResponse>;
  /** So many of the worst, and how many there are of each status. */
  groupsInShort(limit: number): PollStore<GroupsInShort>;
  group(group: GroupRef): PollStore<GroupResponse>;
  history(question: HistoryQuestion): PollStore<PolledHistory>;
  topics(): PollStore<TopicsResponse>;
  topic(topic: TopicRef): PollStore<TopicResponse>;
  entity(entity: EntityName): PollStore<EntityResponse>;
  entityInShort(
    question: EntityName & { limit: number },
  ): PollStore<EntityInShort>;
  resets(group: GroupRef): PollStore<OffsetResetsResponse>;
}

export const lagStoresRef = createApiRef<LagStores>().with({
  id: 'plugin.consumer-lag.stores',
  pluginId: 'consumer-lag',
});

/** Creates the stores of a page. Nothing is asked before somebody looks. */
export function createLagStores(deps: {
  api: ConsumerLagApi;
  visibility: Visibility;
  now: () => number;
}): LagStores {
  const { api } = deps;
  const storesOf = createPollStores(deps);
  const clusters = storesOf(slow, (_: null, signal) =>
    api.getClusters({ signal }),
  );
  const groups = storesOf(live, (_: null, signal) => api.getGroups({ signal }));
  const topics = storesOf(live, (_: null, signal) => api.getTopics({ signal }));
  return {
    clusters: () => clusters(null),
    groups: () => groups(null),
    topics: () => topics(null),
    groupsInShort: storesOf(live, (limit: number, signal) =>
      api.getGroupsInShort(limit, { signal }),
    ),
    entityInShort: storesOf(
      live,
      (question: EntityName & { limit: number }, signal) =>
        api.getEntityInShort(question, { signal }),
    ),
    group: storesOf(live, (group: GroupRef, signal) =>
      api.getGroup(group, { signal }),
    ),
    history: storesOf(slow, async (question: HistoryQuestion, signal) => {
      const history = await api.getHistory(question, { signal });
      return { ...history, now: history.to };
    }),
    topic: storesOf(live, (topic: TopicRef, signal) =>
      api.getTopic(topic, { signal }),
    ),
    entity: storesOf(live, (entity: EntityName, signal) =>
      api.getEntity(entity, { signal }),
    ),
    resets: storesOf(slow, (group: GroupRef, signal) =>
      api.getResets(group, { signal }),
    ),
  };
}
