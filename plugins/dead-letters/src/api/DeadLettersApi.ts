import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  ClustersResponse,
  DeadLettersResponse,
  LetterFilter,
  LettersPage,
  Redrive,
  RedriveRequest,
  RedrivesResponse,
} from '@homelab/plugin-dead-letters-common';

/** A Kafka topic in its cluster. */
export interface TopicRef {
  cluster: string;
  topic: string;
}

export interface LettersQuestion extends TopicRef {
  filter: LetterFilter;
  /** The `nextCursor` of the previous page. */
  before?: string;
  limit?: number;
}

export interface Cancellable {
  signal?: AbortSignal;
}

/**
 * Client of the dead letters backend. Every method throws a ResponseError when the backend
 * refuses or fails.
 */
export interface DeadLettersApi {
  getClusters(options?: Cancellable): Promise<ClustersResponse>;
  getDeadLetters(
    cluster: string,
    options?: Cancellable,
  ): Promise<DeadLettersResponse>;
  getLetters(
    question: LettersQuestion,
    options?: Cancellable,
  ): Promise<LettersPage>;
  startRedrive(topic: TopicRef, request: RedriveRequest): Promise<Redrive>;
  getRedrives(
    question: { cluster: string; topic?: string; before?: string },
    options?: Cancellable,
  ): Promise<RedrivesResponse>;
  getRedrive(
    redrive: { cluster: string; id: string },
    options?: Cancellable,
  ): Promise<Redrive>;
  cancelRedrive(redrive: { cluster: string; id: string }): Promise<Redrive>;
  resumeRedrive(redrive: { cluster: string; id: string }): Promise<Redrive>;
}

export const deadLettersApiRef = createApiRef<DeadLettersApi>().with({
  id: 'plugin.dead-letters.client',
  pluginId: 'dead-letters',
});
