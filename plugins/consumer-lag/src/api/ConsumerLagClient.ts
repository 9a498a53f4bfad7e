import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import {
  clustersResponseSchema,
  deadLettersResponseSchema,
  entityInShortSchema,
  entityResponseSchema,
  exactTimeLagResponseSchema,
  groupResponseSchema,
  groupsInShortSchema,
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

/** As many as the pages poll at a time, and some to go back to. */
const maxKnown = 20;

/** Asks the consumer-lag backend plugin. */
export class ConsumerLagClient implements ConsumerLagApi {
  private readonly fetchApi: FetchApi;
  /** Answers that the backend may say still hold, by address; the one used longest ago first. */
  private readonly known = new Map<string, { etag: string; answer: object }>();

  constructor(deps: { fetchApi: FetchApi }) {
    this.fetchApi = deps.fetchApi;
  }

  getClusters(options?: Cancellable) {
    return this.get(['clusters'], clustersResponseSchema, {}, options);
  }

  getGroups(options?: Cancellable) {
    return this.get(['groups'], groupsResponseSchema, {}, options);
  }

  getGroupsInShort(limit: number, options?: Cancellable) {
    const path = ['groups', 'summary'];
    return this.get(path, groupsInShortSchema, { limit }, options);
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

  getEntityInShort(
    { limit, ...entity }: EntityName & { limit: number },
    options?: Cancellable,
  ) {
    const { kind, namespace, name } = entity;
    const path = ['entities', kind, namespace, name, 'summary'];
    return this.get(path, entityInShortSchema, { limit }, options);
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

  /** Asks, and takes the answer of before when the backend says that nothing has changed. */
  private async get<T extends object>(
    path: readonly string[],
    schema: Schema<T>,
    query: Query,
    options: Cancellable = {},
  ): Promise<T> {
    const address = `${addressOf(path)}${searchOf(query)}`;
    const known = this.known.get(address);
    const response = await this.fetchApi.fetch(address, {
      ...options,
      ...(known && { headers: { 'if-none-match': known.etag } }),
    });
    // It was parsed by this very schema: the address tells which.
    if (response.status === 304 && known)
      return ofNow(known.answer as T, response);
    const answer = await parsed(response, schema);
    this.remember(address, response.headers.get('etag'), answer);
    return answer;
  }

  private remember(address: string, etag: string | null, answer: object): void {
    this.known.delete(address);
    if (etag !== null) this.known.set(address, { etag, answer });
    for (const oldest of this.known.keys()) {
      if (this.known.size <= maxKnown) break;
      this.known.delete(oldest);
    }
  }

  private async post<T>(
    path: readonly string[],
    schema: Schema<T>,
    body: unknown = {},
  ): Promise<T> {
    const response = await this.fetchApi.fetch(addressOf(path), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return parsed(response, schema);
  }
}

async function parsed<T>(response: Response, schema: Schema<T>): Promise<T> {
  if (!response.ok) throw await ResponseError.fromResponse(response);
  return schema.parse(await response.json());
}

/** An answer that still holds, with the backend's clock of this moment. */
function ofNow<T extends object>(answer: T, response: Response): T {
  const date = Date.parse(response.headers.get('date') ?? '');
  if (!('now' in answer) || Number.isNaN(date)) return answer;
  return { ...answer, now: new Date(date).toISOString() };
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
