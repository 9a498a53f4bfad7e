import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import {
  clustersResponseSchema,
  deadLettersResponseSchema,
  entityResponseSchema,
  exactTimeLagResponseSchema,
  groupResponseSchema,
  groupsResponseSchema,
  historyResponseSchema,
  lettersPageSchema,
  offsetResetSchema,
  offsetResetsResponseSchema,
  redriveSchema,
  redrivesResponseSchema,
  resetPreviewSchema,
  topicResponseSchema,
  topicsResponseSchema,
  undoPreviewSchema,
} from '@homelab/plugin-consumer-lag-common';
import type {
  Cancellable,
  ConsumerLagApi,
  EntityName,
  GroupRef,
  HistoryQuestion,
  LettersQuestion,
  TopicRef,
} from './ConsumerLagApi';
import type {
  RedriveRequest,
  ResetApplyRequest,
  ResetPreviewRequest,
  UndoRequest,
} from '@homelab/plugin-consumer-lag-common';

/** Turns what came over the wire into what the contract says, or throws. */
interface Schema<T> {
  parse(value: unknown): T;
}

type Query = Record<string, string | number | readonly string[] | undefined>;

/** Asks the consumer-lag backend plugin. */
export class ConsumerLagClient implements ConsumerLagApi {
  private readonly fetchApi: FetchApi;

  constructor(deps: { fetchApi: FetchApi }) {
    this.fetchApi = deps.fetchApi;
  }

  getClusters(options?: Cancellable) {
    return this.get(['clusters'], clustersResponseSchema, {}, options);
  }

  getGroups(options?: Cancellable) {
    return this.get(['groups'], groupsResponseSchema, {}, options);
  }

  getGroup(group: GroupRef, options?: Cancellable) {
    return this.get(groupPath(group), groupResponseSchema, {}, options);
  }

  getHistory(question: HistoryQuestion, options?: Cancellable) {
    const { range, topic, ...group } = question;
    const path = [...groupPath(group), 'history'];
    return this.get(path, historyResponseSchema, { range, topic }, options);
  }

  getExactTimeLag(
    question: GroupRef & { topic: string; partition: number },
    options?: Cancellable,
  ) {
    const { topic, partition, ...group } = question;
    const path = [...groupPath(group), 'time-lag'];
    const query = { topic, partition };
    return this.get(path, exactTimeLagResponseSchema, query, options);
  }

  getTopics(options?: Cancellable) {
    return this.get(['topics'], topicsResponseSchema, {}, options);
  }

  getTopic({ cluster, topic }: TopicRef, options?: Cancellable) {
    const path = ['clusters', cluster, 'topics', topic];
    return this.get(path, topicResponseSchema, {}, options);
  }

  getEntity({ kind, namespace, name }: EntityName, options?: Cancellable) {
    const path = ['entities', kind, namespace, name];
    return this.get(path, entityResponseSchema, {}, options);
  }

  getDeadLetters(cluster: string, options?: Cancellable) {
    const path = ['clusters', cluster, 'dead-letters'];
    return this.get(path, deadLettersResponseSchema, {}, options);
  }

  getLetters(question: LettersQuestion, options?: Cancellable) {
    const { filter, before, limit, ...topic } = question;
    const { codes, ...rest } = filter;
    const query = { ...rest, code: codes, before, limit };
    const path = [...letterPath(topic), 'letters'];
    return this.get(path, lettersPageSchema, query, options);
  }

  startRedrive(topic: TopicRef, request: RedriveRequest) {
    return this.post(
      [...letterPath(topic), 'redrives'],
      redriveSchema,
      request,
    );
  }

  getRedrives(
    question: { cluster: string; topic?: string; before?: string },
    options?: Cancellable,
  ) {
    const { cluster, ...query } = question;
    const path = ['clusters', cluster, 'redrives'];
    return this.get(path, redrivesResponseSchema, query, options);
  }

  getRedrive(redrive: { cluster: string; id: string }, options?: Cancellable) {
    return this.get(redrivePath(redrive), redriveSchema, {}, options);
  }

  cancelRedrive(redrive: { cluster: string; id: string }) {
    return this.post([...redrivePath(redrive), 'cancel'], redriveSchema);
  }

  resumeRedrive(redrive: { cluster: string; id: string }) {
    return this.post([...redrivePath(redrive), 'resume'], redriveSchema);
  }

  previewReset(group: GroupRef, request: ResetPreviewRequest) {
    const path = [...groupPath(group), 'offset-resets', 'preview'];
    return this.post(path, resetPreviewSchema, request);
  }

  applyReset(group: GroupRef, request: ResetApplyRequest) {
    const path = [...groupPath(group), 'offset-resets'];
    return this.post(path, offsetResetSchema, request);
  }

  getResets(group: GroupRef, options?: Cancellable) {
    const path = [...groupPath(group), 'offset-resets'];
    return this.get(path, offsetResetsResponseSchema, {}, options);
  }

  previewUndo(reset: { cluster: string; id: string }) {
    return this.get([...resetPath(reset), 'undo'], undoPreviewSchema, {});
  }

  undoReset(reset: { cluster: string; id: string }, request: UndoRequest) {
    return this.post([...resetPath(reset), 'undo'], offsetResetSchema, request);
  }

  private get<T>(
    path: readonly string[],
    schema: Schema<T>,
    query: Query,
    options: Cancellable = {},
  ): Promise<T> {
    return this.ask(`${addressOf(path)}${searchOf(query)}`, schema, options);
  }

  private post<T>(
    path: readonly string[],
    schema: Schema<T>,
    body: unknown = {},
  ): Promise<T> {
    return this.ask(addressOf(path), schema, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  private async ask<T>(
    address: string,
    schema: Schema<T>,
    init: RequestInit,
  ): Promise<T> {
    const response = await this.fetchApi.fetch(address, init);
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return schema.parse(await response.json());
  }
}

function groupPath({ cluster, groupId }: GroupRef): string[] {
  return ['clusters', cluster, 'groups', groupId];
}

function letterPath({ cluster, topic }: TopicRef): string[] {
  return ['clusters', cluster, 'dead-letters', topic];
}

function redrivePath({ cluster, id }: { cluster: string; id: string }) {
  return ['clusters', cluster, 'redrives', id];
}

function resetPath({ cluster, id }: { cluster: string; id: string }) {
  return ['clusters', cluster, 'offset-resets', id];
}

function addressOf(path: readonly string[]): string {
  return `plugin://consumer-lag/${path.map(encodeURIComponent).join('/')}`;
}

function searchOf(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      search.append(name, String(one));
    }
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
