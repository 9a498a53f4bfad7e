import type {
  ClustersResponse,
  EntityInShort,
  EntityResponse,
  GroupResponse,
  GroupsInShort,
  GroupsResponse,
  HistoryResponse,
  OffsetResetsResponse,
  TopicResponse,
  TopicsResponse,
} from '@homelab/plugin-consumer-lag-common';
import type { PollPace, PollQuery } from '@homelab/portal-react';
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
};
const slow: PollPace = { ...live, everyMs: 30_000, slowestMs: 120_000 };

/** What the views of this plugin poll. Equal requests have equal keys and share one answer. */
export interface LagQueries {
  clusters(): PollQuery<ClustersResponse>;
  groups(): PollQuery<GroupsResponse>;
  /** The number of groups of each status, and the `limit` worst groups. */
  groupsInShort(limit: number): PollQuery<GroupsInShort>;
  group(group: GroupRef): PollQuery<GroupResponse>;
  history(question: HistoryQuestion): PollQuery<HistoryResponse>;
  topics(): PollQuery<TopicsResponse>;
  topic(topic: TopicRef): PollQuery<TopicResponse>;
  entity(entity: EntityName): PollQuery<EntityResponse>;
  entityInShort(
    question: EntityName & { limit: number },
  ): PollQuery<EntityInShort>;
  resets(group: GroupRef): PollQuery<OffsetResetsResponse>;
}

/** Creates the queries of a client. */
export function createLagQueries(api: ConsumerLagApi): LagQueries {
  return {
    clusters: () =>
      query(['clusters'], slow, signal => api.getClusters({ signal })),
    groups: () => query(['groups'], live, signal => api.getGroups({ signal })),
    groupsInShort: limit =>
      query(['groups-in-short', limit], live, signal =>
        api.getGroupsInShort(limit, { signal }),
      ),
    group: group =>
      query(['group', group], live, signal => api.getGroup(group, { signal })),
    history: question => ({
      key: keyOf('history', question),
      ask: signal => api.getHistory(question, { signal }),
      serverTimeOf: ({ to }) => to,
      pace: slow,
    }),
    topics: () => query(['topics'], live, signal => api.getTopics({ signal })),
    topic: topic =>
      query(['topic', topic], live, signal => api.getTopic(topic, { signal })),
    entity: entity =>
      query(['entity', entity], live, signal =>
        api.getEntity(entity, { signal }),
      ),
    entityInShort: question =>
      query(['entity-in-short', question], live, signal =>
        api.getEntityInShort(question, { signal }),
      ),
    resets: group =>
      query(['resets', group], slow, signal =>
        api.getResets(group, { signal }),
      ),
  };
}

function keyOf(...parts: readonly unknown[]): readonly unknown[] {
  return ['consumer-lag', ...parts];
}

function query<T extends { now: string }>(
  parts: readonly unknown[],
  pace: PollPace,
  ask: PollQuery<T>['ask'],
): PollQuery<T> {
  return { key: keyOf(...parts), ask, serverTimeOf: ({ now }) => now, pace };
}
