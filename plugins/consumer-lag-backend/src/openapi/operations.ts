import {
  lettersQuerySchema,
  redrivesQuerySchema,
} from '@homelab/plugin-consumer-lag-common';
import type { z } from 'zod';
import { clusterQuery, historyQuery, partitionQuery } from '../router/lag';
import type { ComponentName } from './components';

/** A route, as the document tells of it. */
export interface Operation {
  readonly path: string;
  readonly method: 'get' | 'post';
  readonly summary: string;
  readonly answer: ComponentName;
  /** 200 when absent. */
  readonly status?: '200' | '201' | '202';
  /** Whether Kafka is asked for it; the other answers come from the database. */
  readonly asksKafka?: boolean;
  readonly query?: z.ZodObject;
  readonly body?: ComponentName;
  /** Beside `consumer-lag.read`. */
  readonly permission?: string;
}

const group = '/clusters/{cluster}/groups/{groupId}';
const letters = '/clusters/{cluster}/dead-letters/{topic}';
const redrives = '/clusters/{cluster}/redrives';
const resets = '/clusters/{cluster}/offset-resets/{id}';
const redrive = 'consumer-lag.record.redrive';
const reset = 'consumer-lag.offsets.reset';

/** Every route that answers JSON. */
export const operations: readonly Operation[] = [
  {
    path: '/clusters',
    method: 'get',
    summary:
      'Clusters, how fresh what is known of them is, and what the caller may do',
    answer: 'Clusters',
  },
  {
    path: '/groups',
    method: 'get',
    summary: 'Every consumer group, worst first',
    answer: 'Groups',
    query: clusterQuery,
  },
  {
    path: group,
    method: 'get',
    summary: 'A consumer group with its partitions and members',
    answer: 'Group',
  },
  {
    path: `${group}/history`,
    method: 'get',
    summary: 'The past of a consumer group',
    answer: 'History',
    query: historyQuery,
  },
  {
    path: `${group}/time-lag`,
    method: 'get',
    summary: 'The age of the oldest unread record, by the time in it',
    answer: 'ExactTimeLag',
    asksKafka: true,
    query: partitionQuery,
  },
  {
    path: '/topics',
    method: 'get',
    summary: 'Every Kafka topic and who reads it',
    answer: 'Topics',
    query: clusterQuery,
  },
  {
    path: '/clusters/{cluster}/topics/{topic}',
    method: 'get',
    summary: 'A Kafka topic with its partitions',
    answer: 'Topic',
  },
  {
    path: '/entities/{kind}/{namespace}/{name}',
    method: 'get',
    summary: 'Groups and pipelines of an entity',
    answer: 'Entity',
  },
  {
    path: '/clusters/{cluster}/dead-letters',
    method: 'get',
    summary: 'Dead-letter topics, counted by reason',
    answer: 'DeadLetters',
    asksKafka: true,
  },
  {
    path: `${letters}/letters`,
    method: 'get',
    summary: 'Dead letters, the newest first',
    answer: 'Letters',
    asksKafka: true,
    query: lettersQuerySchema,
    permission: 'consumer-lag.record.peek',
  },
  {
    path: `${letters}/redrives`,
    method: 'post',
    summary: 'Send letters again, or say which would be',
    body: 'RedriveRequest',
    answer: 'Redrive',
    status: '202',
    asksKafka: true,
    permission: redrive,
  },
  {
    path: redrives,
    method: 'get',
    summary: 'Redrives, the newest first',
    answer: 'Redrives',
    query: redrivesQuerySchema,
  },
  {
    path: `${redrives}/{id}`,
    method: 'get',
    summary: 'A redrive and how far it is',
    answer: 'Redrive',
  },
  {
    path: `${redrives}/{id}/cancel`,
    method: 'post',
    summary: 'End a redrive',
    answer: 'Redrive',
    permission: redrive,
  },
  {
    path: `${redrives}/{id}/resume`,
    method: 'post',
    summary: 'Go on with a redrive that was interrupted',
    answer: 'Redrive',
    asksKafka: true,
    permission: redrive,
  },
  {
    path: `${group}/offset-resets/preview`,
    method: 'post',
    summary: 'What moving offsets would skip and replay',
    body: 'ResetPreviewRequest',
    answer: 'ResetPreview',
    asksKafka: true,
    permission: reset,
  },
  {
    path: `${group}/offset-resets`,
    method: 'post',
    summary: 'Move the offsets of a group without members',
    body: 'ResetApplyRequest',
    answer: 'OffsetReset',
    status: '201',
    asksKafka: true,
    permission: reset,
  },
  {
    path: `${group}/offset-resets`,
    method: 'get',
    summary: 'Moves of the offsets of a group',
    answer: 'OffsetResets',
  },
  {
    path: '/clusters/{cluster}/offset-resets',
    method: 'get',
    summary: 'Moves of offsets of all groups',
    answer: 'OffsetResets',
  },
  {
    path: `${resets}/undo`,
    method: 'get',
    summary: 'What undoing a move would do',
    answer: 'UndoPreview',
    asksKafka: true,
    permission: reset,
  },
  {
    path: `${resets}/undo`,
    method: 'post',
    summary: 'Undo a move',
    body: 'UndoRequest',
    answer: 'OffsetReset',
    asksKafka: true,
    permission: reset,
  },
];
