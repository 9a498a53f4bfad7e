import {
  consumerLagReadPermission,
  offsetsResetPermission,
} from '@homelab/plugin-consumer-lag-common';
import type { Operation } from '@homelab/portal-node';
import {
  entityInShortQuery,
  groupsQuery,
  historyQuery,
  inShortQuery,
  partitionQuery,
  topicsQuery,
} from '../router/lag';
import { components } from './components';

const group = '/clusters/{cluster}/groups/{groupId}';
const resets = '/clusters/{cluster}/offset-resets/{id}';
const read = [consumerLagReadPermission];
const reset = [...read, offsetsResetPermission];
const unavailable = 'Kafka did not answer; the message says why.';

/** Every route. */
export const operations: readonly Operation[] = [
  {
    path: '/clusters',
    method: 'get',
    summary: 'Clusters, their last polls, and what the caller may do',
    answer: components.Clusters,
    permissions: read,
  },
  {
    path: '/groups',
    method: 'get',
    summary: 'Consumer groups, worst first',
    answer: components.Groups,
    query: groupsQuery,
    permissions: read,
  },
  {
    path: '/groups/summary',
    method: 'get',
    summary: 'Consumer groups counted by status, and the worst groups',
    answer: components.GroupsInShort,
    query: inShortQuery,
    permissions: read,
  },
  {
    path: group,
    method: 'get',
    summary: 'A consumer group with its partitions and members',
    answer: components.Group,
    permissions: read,
  },
  {
    path: `${group}/history`,
    method: 'get',
    summary: 'The history of a consumer group',
    answer: components.History,
    query: historyQuery,
    permissions: read,
  },
  {
    path: `${group}/time-lag`,
    method: 'get',
    summary: 'The age of the oldest unread record, from its timestamp',
    answer: components.ExactTimeLag,
    unavailable,
    query: partitionQuery,
    permissions: read,
  },
  {
    path: '/topics',
    method: 'get',
    summary: 'Kafka topics and their consumer groups',
    answer: components.Topics,
    query: topicsQuery,
    permissions: read,
  },
  {
    path: '/clusters/{cluster}/topics/{topic}',
    method: 'get',
    summary: 'A Kafka topic with its partitions',
    answer: components.Topic,
    permissions: read,
  },
  {
    path: '/entities/{kind}/{namespace}/{name}',
    method: 'get',
    summary: 'Consumer groups of an entity',
    answer: components.Entity,
    permissions: read,
  },
  {
    path: '/entities/{kind}/{namespace}/{name}/summary',
    method: 'get',
    summary:
      'Consumer groups of an entity counted by status, and the worst groups',
    answer: components.EntityInShort,
    query: entityInShortQuery,
    permissions: read,
  },
  {
    path: `${group}/offset-resets/preview`,
    method: 'post',
    summary: 'Preview how many records moving offsets would skip and replay',
    body: components.ResetPreviewRequest,
    answer: components.ResetPreview,
    unavailable,
    permissions: reset,
  },
  {
    path: `${group}/offset-resets`,
    method: 'post',
    summary: 'Move the offsets of a group without members',
    body: components.ResetApplyRequest,
    answer: components.OffsetReset,
    status: '201',
    unavailable,
    permissions: reset,
  },
  {
    path: `${group}/offset-resets`,
    method: 'get',
    summary: 'Offset moves of a group',
    answer: components.OffsetResets,
    permissions: read,
  },
  {
    path: '/clusters/{cluster}/offset-resets',
    method: 'get',
    summary: 'Offset moves of all groups',
    answer: components.OffsetResets,
    permissions: read,
  },
  {
    path: `${resets}/undo`,
    method: 'get',
    summary: 'Preview undoing a move',
    answer: components.UndoPreview,
    unavailable,
    permissions: reset,
  },
  {
    path: `${resets}/undo`,
    method: 'post',
    summary: 'Undo a move',
    body: components.UndoRequest,
    answer: components.OffsetReset,
    unavailable,
    permissions: reset,
  },
  {
    path: '/metrics',
    method: 'get',
    summary: 'Gauges for Prometheus',
    answer: {
      contentType: 'text/plain',
      description: 'Metrics in the text format of Prometheus.',
    },
    permissions: read,
  },
];
