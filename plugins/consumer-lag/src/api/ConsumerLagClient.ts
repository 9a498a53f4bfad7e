import type { FetchApi } from '@backstage/frontend-plugin-api';
import {
  clustersResponseSchema,
  entityInShortSchema,
  entityResponseSchema,
  exactTimeLagResponseSchema,
  groupResponseSchema,
  groupsInShortSchema,
  groupsResponseSchema,
  historyResponseSchema,
  offsetResetSchema,
  offsetResetsResponseSchema,
  resetPreviewSchema,
  topicResponseSchema,
  topicsResponseSchema,
  undoPreviewSchema,
} from '@homelab/plugin-consumer-lag-common';
import { createJsonClient } from '@homelab/portal-react';
import type { JsonClient } from '@homelab/portal-react';
import type {
  Cancellable,
  ConsumerLagApi,
  EntityName,
  GroupRef,
  HistoryQuestion,
  TopicRef,
} from './ConsumerLagApi';
import type {
  ResetApplyRequest,
  ResetPreviewRequest,
  UndoRequest,
} from '@homelab/plugin-consumer-lag-common';

/** Calls the consumer lag backend over HTTP. */
export class ConsumerLagClient implements ConsumerLagApi {
  private readonly client: JsonClient;

  constructor({ fetchApi }: { fetchApi: FetchApi }) {
    this.client = createJsonClient({ fetchApi, pluginId: 'consumer-lag' });
  }

  getClusters(options?: Cancellable) {
    return this.client.get(['clusters'], clustersResponseSchema, {}, options);
  }

  getGroups(options?: Cancellable) {
    return this.client.get(['groups'], groupsResponseSchema, {}, options);
  }

  getGroupsInShort(limit: number, options?: Cancellable) {
    const path = ['groups', 'summary'];
    return this.client.get(path, groupsInShortSchema, { limit }, options);
  }

  getGroup(group: GroupRef, options?: Cancellable) {
    return this.client.get(groupPath(group), groupResponseSchema, {}, options);
  }

  getHistory(question: HistoryQuestion, options?: Cancellable) {
    const { range, topic, ...group } = question;
    const path = [...groupPath(group), 'history'];
    return this.client.get(
      path,
      historyResponseSchema,
      { range, topic },
      options,
    );
  }

  getExactTimeLag(
    question: GroupRef & { topic: string; partition: number },
    options?: Cancellable,
  ) {
    const { topic, partition, ...group } = question;
    const path = [...groupPath(group), 'time-lag'];
    const query = { topic, partition };
    return this.client.get(path, exactTimeLagResponseSchema, query, options);
  }

  getTopics(options?: Cancellable) {
    return this.client.get(['topics'], topicsResponseSchema, {}, options);
  }

  getTopic({ cluster, topic }: TopicRef, options?: Cancellable) {
    const path = ['clusters', cluster, 'topics', topic];
    return this.client.get(path, topicResponseSchema, {}, options);
  }

  getEntity({ kind, namespace, name }: EntityName, options?: Cancellable) {
    const path = ['entities', kind, namespace, name];
    return this.client.get(path, entityResponseSchema, {}, options);
  }

  getEntityInShort(
    { limit, ...entity }: EntityName & { limit: number },
    options?: Cancellable,
  ) {
    const { kind, namespace, name } = entity;
    const path = ['entities', kind, namespace, name, 'summary'];
    return this.client.get(path, entityInShortSchema, { limit }, options);
  }

  previewReset(group: GroupRef, request: ResetPreviewRequest) {
    const path = [...groupPath(group), 'offset-resets', 'preview'];
    return this.client.post(path, resetPreviewSchema, request);
  }

  applyReset(group: GroupRef, request: ResetApplyRequest) {
    const path = [...groupPath(group), 'offset-resets'];
    return this.client.post(path, offsetResetSchema, request);
  }

  getResets(group: GroupRef, options?: Cancellable) {
    const path = [...groupPath(group), 'offset-resets'];
    return this.client.get(path, offsetResetsResponseSchema, {}, options);
  }

  previewUndo(reset: { cluster: string; id: string }) {
    return this.client.get(
      [...resetPath(reset), 'undo'],
      undoPreviewSchema,
      {},
    );
  }

  undoReset(reset: { cluster: string; id: string }, request: UndoRequest) {
    return this.client.post(
      [...resetPath(reset), 'undo'],
      offsetResetSchema,
      request,
    );
  }
}

function groupPath({ cluster, groupId }: GroupRef): string[] {
  return ['clusters', cluster, 'groups', groupId];
}

function resetPath({ cluster, id }: { cluster: string; id: string }) {
  return ['clusters', cluster, 'offset-resets', id];
}
