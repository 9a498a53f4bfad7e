import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ClustersResponse,
  EntityInShort,
  GroupsInShort,
  EntityResponse,
  ExactTimeLagResponse,
  GroupResponse,
  GroupsResponse,
  HistoryRange,
  HistoryResponse,
  OffsetReset,
  OffsetResetsResponse,
  ResetApplyRequest,
  ResetPreview,
  ResetPreviewRequest,
  TopicResponse,
  TopicsResponse,
  UndoPreview,
  UndoRequest,
} from '@homelab/plugin-consumer-lag-common';

/** A group in its cluster. */
export interface GroupRef {
  cluster: string;
  groupId: string;
}

/** A Kafka topic in its cluster. */
export interface TopicRef {
  cluster: string;
  topic: string;
}

/** A catalog entity. */
export interface EntityName {
  kind: string;
  namespace: string;
  name: string;
}

export interface HistoryQuestion extends GroupRef {
  range: HistoryRange;
  /** Only this topic; when absent all topics of the group. */
  topic?: string;
}

export interface Cancellable {
  signal?: AbortSignal;
}

/**
 * Client of the consumer lag backend. Every method throws a ResponseError when the backend
 * refuses or fails.
 */
export interface ConsumerLagApi {
  getClusters(options?: Cancellable): Promise<ClustersResponse>;
  /** The worst thousand groups. */
  getGroups(options?: Cancellable): Promise<GroupsResponse>;
  /** The number of groups of each status, and the worst groups. */
  getGroupsInShort(
    limit: number,
    options?: Cancellable,
  ): Promise<GroupsInShort>;
  getGroup(group: GroupRef, options?: Cancellable): Promise<GroupResponse>;
  getHistory(
    question: HistoryQuestion,
    options?: Cancellable,
  ): Promise<HistoryResponse>;
  /** Reads the timestamp of the oldest unread record of a partition. */
  getExactTimeLag(
    question: GroupRef & { topic: string; partition: number },
    options?: Cancellable,
  ): Promise<ExactTimeLagResponse>;
  getTopics(options?: Cancellable): Promise<TopicsResponse>;
  getTopic(topic: TopicRef, options?: Cancellable): Promise<TopicResponse>;
  getEntity(entity: EntityName, options?: Cancellable): Promise<EntityResponse>;
  /** The same for the groups of an entity. */
  getEntityInShort(
    question: EntityName & { limit: number },
    options?: Cancellable,
  ): Promise<EntityInShort>;

  previewReset(
    group: GroupRef,
    request: ResetPreviewRequest,
  ): Promise<ResetPreview>;
  applyReset(group: GroupRef, request: ResetApplyRequest): Promise<OffsetReset>;
  getResets(
    group: GroupRef,
    options?: Cancellable,
  ): Promise<OffsetResetsResponse>;
  previewUndo(reset: { cluster: string; id: string }): Promise<UndoPreview>;
  undoReset(
    reset: { cluster: string; id: string },
    request: UndoRequest,
  ): Promise<OffsetReset>;
}

export const consumerLagApiRef = createApiRef<ConsumerLagApi>().with({
  id: 'plugin.consumer-lag.client',
  pluginId: 'consumer-lag',
});
