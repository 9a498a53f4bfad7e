import {
  consumerLagReadPermission,
  lettersQuerySchema,
  offsetsResetPermission,
  recordPeekPermission,
  recordRedrivePermission,
  redrivesQuerySchema,
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
const letters = '/clusters/{cluster}/dead-letters/{topic}';
const redrives = '/clusters/{cluster}/redrives';
const resets = '/clusters/{cluster}/offset-resets/{id}';
const read = [consumerLagReadPermission];
const peek = [...read, recordPeekPermission];
const redrive = [...read, recordRedrivePermission];
const reset = [...read, offsetsResetPermission];
const unavailable = 'Kafka did not answer; the message says why.';

/** Every route. */
export const operations: readonly Operation[] = [
  {
    path: '/clusters',
    method: 'get',
    summary:
      'Clusters, how fresh what is known of them is, and what the caller may do',
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
    summary: 'Consumer groups counted by status, and the worst of them',
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
    summary: 'The past of a consumer group',
    answer: components.History,
    query: historyQuery,
    permissions: read,
  },
  {
    path: `${group}/time-lag`,
    method: 'get',
    summary: 'The age of the oldest unread record, by the time in it',
    answer: components.ExactTimeLag,
    unavailable,
    query: partitionQuery,
    permissions: read,
  },
  {
    path: '/topics',
    method: 'get',
    summary: 'Every Kafka topic and who reads it',
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
    summary: 'Groups and pipelines of an entity',
    answer: components.Entity,
    permissions: read,
  },
  {
    path: '/entities/{kind}/{namespace}/{name}/summary',
    method: 'get',
    summary: 'Groups of an entity counted by status, and the worst of them',
    answer: components.EntityInShort,
    query: entityInShortQuery,
    permissions: read,
  },
  {
    path: '/clusters/{cluster}/dead-letters',
    method: 'get',
    summary: 'Dead-letter topics, counted by reason',
    answer: components.DeadLetters,
    unavailable,
    permissions: read,
  },
  {
    path: `${letters}/letters`,
    method: 'get',
    summary: 'Dead letters, the newest first',
    answer: components.Letters,
    unavailable,
    query: lettersQuerySchema,
    permissions: peek,
  },
  {
    path: `${letters}/redrives`,
    method: 'post',
    summary: 'Send letters again, or say which would be',
    body: components.RedriveRequest,
    answer: components.Redrive,
    status: '202',
    unavailable,
    permissions: redrive,
  },
  {
    path: redrives,
    method: 'get',
    summary: 'Redrives, the newest first',
    answer: components.Redrives,
    query: redrivesQuerySchema,
    permissions: read,
  },
  {
    path: `${redrives}/{id}`,
    method: 'get',
    summary: 'A redrive and how far it is',
    answer: components.Redrive,
    permissions: read,
  },
  {
    path: `${redrives}/{id}/cancel`,
    method: 'post',
    summary: 'End a redrive',
    answer: components.Redrive,
    permissions: redrive,
  },
  {
    path: `${redrives}/{id}/resume`,
    method: 'post',
    summary: 'Go on with a redrive that was interrupted',
    answer: components.Redrive,
    unavailable,
    permissions: redrive,
  },
  {
    path: `${group}/offset-resets/preview`,
    method: 'post',
    summary: 'What moving offsets would skip and replay',
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
    summary: 'Moves of the offsets of a group',
    answer: components.OffsetResets,
    permissions: read,
  },
  {
    path: '/clusters/{cluster}/offset-resets',
    method: 'get',
    summary: 'Moves of offsets of all groups',
    answer: components.OffsetResets,
    permissions: read,
  },
  {
    path: `${resets}/undo`,
    method: 'get',
    summary: 'What undoing a move would do',
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
    summary: 'Every number as a gauge of Prometheus',
    answer: {
      contentType: 'text/plain',
      description: 'Metrics in the text format of Prometheus.',
    },
    permissions: read,
  },
];
