import type { FetchApi } from '@backstage/frontend-plugin-api';
import {
  clustersResponseSchema,
  deadLettersResponseSchema,
  lettersPageSchema,
  redriveSchema,
  redrivesResponseSchema,
} from '@homelab/plugin-dead-letters-common';
import type { RedriveRequest } from '@homelab/plugin-dead-letters-common';
import { createJsonClient } from '@homelab/portal-react';
import type { JsonClient } from '@homelab/portal-react';
import type {
  Cancellable,
  DeadLettersApi,
  LettersQuestion,
  TopicRef,
} from './DeadLettersApi';

/** Calls the dead letters backend over HTTP. */
export class DeadLettersClient implements DeadLettersApi {
  private readonly client: JsonClient;

  constructor({ fetchApi }: { fetchApi: FetchApi }) {
    this.client = createJsonClient({ fetchApi, pluginId: 'dead-letters' });
  }

  getClusters(options?: Cancellable) {
    return this.client.get(['clusters'], clustersResponseSchema, {}, options);
  }

  getDeadLetters(cluster: string, options?: Cancellable) {
    const path = ['clusters', cluster, 'dead-letters'];
    return this.client.get(path, deadLettersResponseSchema, {}, options);
  }

  getLetters(question: LettersQuestion, options?: Cancellable) {
    const { filter, before, limit, ...topic } = question;
    const { codes, ...rest } = filter;
    const query = { ...rest, code: codes, before, limit };
    const path = [...letterPath(topic), 'letters'];
    return this.client.get(path, lettersPageSchema, query, options);
  }

  startRedrive(topic: TopicRef, request: RedriveRequest) {
    return this.client.post(
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
    return this.client.get(path, redrivesResponseSchema, query, options);
  }

  getRedrive(redrive: { cluster: string; id: string }, options?: Cancellable) {
    return this.client.get(redrivePath(redrive), redriveSchema, {}, options);
  }

  cancelRedrive(redrive: { cluster: string; id: string }) {
    return this.client.post([...redrivePath(redrive), 'cancel'], redriveSchema);
  }

  resumeRedrive(redrive: { cluster: string; id: string }) {
    return this.client.post([...redrivePath(redrive), 'resume'], redriveSchema);
  }
}

function letterPath({ cluster, topic }: TopicRef): string[] {
  return ['clusters', cluster, 'dead-letters', topic];
}

function redrivePath({ cluster, id }: { cluster: string; id: string }) {
  return ['clusters', cluster, 'redrives', id];
}
