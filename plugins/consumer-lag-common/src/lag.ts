import { z } from 'zod';
import {
  allowanceSchema,
  offsetSchema,
  severities,
} from '@homelab/portal-common';
import { lagStatuses } from './status';

const instant = z.iso.datetime();
const perSecond = z.number().nonnegative();

/** Why something is missing: Kafka's error name and a sentence. */
export const problemSchema = z.object({
  code: z.string(),
  message: z.string(),
});

/**
 * The age of the oldest unread record.
 * - `caught-up`: nothing is unread; `ms` is 0
 * - `estimated`: interpolated between two polls, off by at most one poll interval
 * - `at-least`: older than the first poll; `ms` is a lower bound
 * - `exact`: from the timestamp of the record
 * - `unknown`: `ms` is null
 */
export const timeLagSchema = z.object({
  kind: z.enum(['caught-up', 'estimated', 'at-least', 'exact', 'unknown']),
  ms: z.number().nonnegative().nullable(),
});

/**
 * When a group will catch up.
 * - `done`: it has
 * - `draining`: in `ms` at the present rates; at most 7 days
 * - `steady`: never; it reads as fast as records arrive and stays as far behind
 * - `falling-behind`: never; its lag grows by `recordsPerSecond`
 * - `not-moving`: it reads nothing
 * - `unknown`: too few samples
 */
export const etaSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('draining'), ms: z.number().nonnegative() }),
  z.object({ kind: z.literal('steady') }),
  z.object({ kind: z.literal('falling-behind'), recordsPerSecond: perSecond }),
  z.object({ kind: z.literal('not-moving') }),
  z.object({ kind: z.literal('unknown') }),
]);

/** The fields that groups, topics and partitions share. */
const flow = {
  /** Unread records; null when unknown. */
  lag: offsetSchema.nullable(),
  timeLag: timeLagSchema,
  /** Means over the last 5 minutes; null with fewer than 3 samples. */
  producedPerSecond: perSecond.nullable(),
  consumedPerSecond: perSecond.nullable(),
  eta: etaSchema,
  /** Time until retention deletes the oldest unread record, in milliseconds; null without lag or retention. */
  headroomMs: z.number().nullable(),
};

/** The lag of a group over the last hour. */
export const sparkSchema = z.object({
  /** Time of the first value. */
  from: instant,
  stepMs: z.number().positive(),
  /** The greatest lag in each step; null where unknown. */
  lag: z.array(z.number().nonnegative().nullable()),
});

/** A group in a list. */
export const groupSummarySchema = z.object({
  cluster: z.string(),
  groupId: z.string(),
  status: z.enum(lagStatuses),
  severity: z.enum(severities),
  /** Since when it has had this status, as far as observed. */
  since: instant,
  /** What is wrong, or that nothing is, in one sentence. */
  sentence: z.string(),
  ...flow,
  /** Partitions with unknown lag. */
  unknownPartitions: z.int().nonnegative(),
  partitionCount: z.int().nonnegative(),
  /** As the broker reports it, such as `Stable` or `Empty`; null when it did not. */
  state: z.string().nullable(),
  memberCount: z.int().nonnegative(),
  /** Since when it has had no member, as far as observed; null while it has some, and for a simple consumer. */
  memberlessSince: instant.nullable().default(null),
  /** Upper bound of records deleted before it read them; null when there are none. */
  lost: offsetSchema.nullable().default(null),
  topics: z.array(z.string()),
  spark: sparkSchema,
  /** When its offsets were read. */
  readAt: instant,
  /** Catalog entities that name it, and their owners. */
  entityRefs: z.array(z.string()),
  ownerRefs: z.array(z.string()),
  problem: problemSchema.nullable(),
});

/** A partition that a group reads. */
export const groupPartitionSchema = z.object({
  topic: z.string(),
  partition: z.int().nonnegative(),
  status: z.enum(lagStatuses),
  /** Why it has this status, in one sentence. */
  evidence: z.string(),
  /** Offsets of the oldest record, of the next to read, and after the newest. */
  low: offsetSchema.nullable(),
  committed: offsetSchema.nullable(),
  end: offsetSchema.nullable(),
  ...flow,
  /** Upper bound of records deleted before the group read them; null when there are none. */
  lost: offsetSchema.nullable(),
  /** Records behind an open transaction; null when there are none. */
  inOpenTransaction: offsetSchema.nullable(),
  /** When the committed offset last moved, as far as observed. */
  movedAt: instant.nullable(),
  memberId: z.string().nullable(),
});

export const groupMemberSchema = z.object({
  memberId: z.string(),
  /** For static members; null otherwise. */
  instanceId: z.string().nullable(),
  clientId: z.string(),
  host: z.string(),
  assigned: z.array(
    z.object({ topic: z.string(), partitions: z.array(z.int()) }),
  ),
  /** Sum over its partitions; null when none is known. */
  lag: offsetSchema.nullable(),
  consumedPerSecond: perSecond.nullable(),
});

export const groupEventKinds = [
  'status',
  'rebalance',
  'members',
  'reset',
  'redrive',
] as const;

/** An event of a group, marked in its charts. */
export const groupEventSchema = z.object({
  at: instant,
  kind: z.enum(groupEventKinds),
  severity: z.enum(severities),
  text: z.string(),
});

/** A group with all details. */
export const groupDetailSchema = z.object({
  ...groupSummarySchema.shape,
  /** `consumer`, `connect`; empty for a simple consumer, which never has members. */
  protocolType: z.string(),
  assignor: z.string().nullable(),
  members: z.array(groupMemberSchema),
  partitions: z.array(groupPartitionSchema),
  /**
   * How uneven the lag is: the worst partition's share of the total, and that share as a
   * multiple of its fair share; null without lag.
   */
  skew: z
    .object({
      topic: z.string(),
      partition: z.int(),
      share: z.number(),
      timesFairShare: z.number(),
    })
    .nullable(),
});

/** A cluster and its last poll. */
export const clusterSchema = z.object({
  name: z.string(),
  title: z.string(),
  dashboardUrl: z.string().nullable(),
  /** When it last answered; null when it never has. */
  polledAt: instant.nullable(),
  pollIntervalMs: z.number().positive(),
  /** Requests to its brokers for the last poll; null before the first. */
  requestsPerPoll: z.int().nullable(),
  /** Why the whole last poll failed; null when it did not. */
  problem: problemSchema.nullable(),
  /** Why parts of the last poll are missing. */
  partialProblems: z.array(problemSchema),
});

/** The answer of `GET /clusters`. */
export const clustersResponseSchema = z.object({
  /** The backend's clock, for computing ages. */
  now: instant,
  clusters: z.array(clusterSchema),
  /** What the caller may do beyond reading. */
  actions: z.object({ reset: allowanceSchema }),
});

/** The answer of `GET /groups?cluster=name&limit=1000`, worst first. */
export const groupsResponseSchema = z.object({
  now: instant,
  clusters: z.array(clusterSchema),
  /** The number of groups; only the worst are listed. */
  total: z.int().nonnegative(),
  groups: z.array(groupSummarySchema),
});

/** The fields of a group for one or two short lines. */
export const groupLineSchema = groupSummarySchema.pick({
  cluster: true,
  groupId: true,
  status: true,
  severity: true,
  sentence: true,
  lag: true,
  timeLag: true,
  eta: true,
});

const groupsInShort = {
  now: instant,
  clusters: z.array(clusterSchema),
  /** The number of groups of each status. */
  counts: z.record(z.enum(lagStatuses), z.int().nonnegative()),
  /** Unread records of all groups together; null when unknown. */
  lag: offsetSchema.nullable(),
  /** The worst groups, worst first. */
  worst: z.array(groupLineSchema),
};

/** The answer of `GET /groups/summary?cluster=name&limit=3`. */
export const groupsInShortSchema = z.object(groupsInShort);

/** The answer of `GET /entities/:kind/:namespace/:name/summary?limit=3`: the groups that an entity names. */
export const entityInShortSchema = z.object({
  ...groupsInShort,
  /** Parts of the annotation that match no group. */
  missing: z.array(z.string()),
});

/** The answer of `GET /clusters/:cluster/groups/:groupId`. */
export const groupResponseSchema = z.object({
  now: instant,
  cluster: clusterSchema,
  group: groupDetailSchema,
});

/** Ranges of history; polled values up to a day, 5-minute steps beyond. */
export const historyRanges = ['1h', '6h', '24h', '14d'] as const;

/** The answer of `GET /clusters/:cluster/groups/:groupId/history?range=1h&topic=name`. */
export const historyResponseSchema = z.object({
  from: instant,
  to: instant,
  /** Interval between points; missing points are gaps. */
  stepMs: z.number().positive(),
  points: z.array(
    z.object({
      at: instant,
      /** The greatest value in the step. */
      lag: z.number().nullable(),
      timeLagMs: z.number().nullable(),
      /** Means over the step. */
      producedPerSecond: z.number().nullable(),
      consumedPerSecond: z.number().nullable(),
    }),
  ),
  events: z.array(groupEventSchema),
});

/** The answer of `GET /clusters/:cluster/groups/:groupId/time-lag?topic=name&partition=0`. */
export const exactTimeLagResponseSchema = z.object({
  now: instant,
  /** Offset of the oldest unread record. */
  offset: offsetSchema,
  /** The timestamp of that record; null when nothing is unread or it has none. */
  recordAt: instant.nullable(),
  timeLag: timeLagSchema,
});

/** A Kafka topic in a list. */
export const topicSummarySchema = z.object({
  cluster: z.string(),
  topic: z.string(),
  isInternal: z.boolean(),
  partitionCount: z.int().nonnegative(),
  /** Upper bound of records kept: compaction and transactions leave gaps in offsets. */
  records: offsetSchema.nullable(),
  producedPerSecond: perSecond.nullable(),
  /** When its end offset last moved, as far as observed; null when it has not. */
  movedAt: instant.nullable(),
  retentionMs: z.number().nullable(),
  cleanupPolicy: z.string().nullable(),
  readers: z.array(
    z.object({
      groupId: z.string(),
      status: z.enum(lagStatuses),
      severity: z.enum(severities),
      lag: offsetSchema.nullable(),
      timeLag: timeLagSchema,
    }),
  ),
  /** The dead-letter topic for its failed messages; null when none is known. */
  deadLetterTopic: z.string().nullable(),
  /** Whether it is itself a dead-letter topic. */
  isDeadLetters: z.boolean(),
  readAt: instant,
  problem: problemSchema.nullable(),
});

/** The answer of `GET /topics?cluster=name&limit=2000`, by name. */
export const topicsResponseSchema = z.object({
  now: instant,
  clusters: z.array(clusterSchema),
  /** The number of Kafka topics; only the first are listed. */
  total: z.int().nonnegative(),
  topics: z.array(topicSummarySchema),
});

/** The answer of `GET /entities/:kind/:namespace/:name`. */
export const entityResponseSchema = z.object({
  now: instant,
  clusters: z.array(clusterSchema),
  groups: z.array(groupSummarySchema),
  /** Parts of the annotation that match no group. */
  missing: z.array(z.string()),
});

export const topicPartitionSchema = z.object({
  partition: z.int().nonnegative(),
  /** Node id of the leader; null without one. */
  leader: z.int().nullable(),
  low: offsetSchema.nullable(),
  end: offsetSchema.nullable(),
  inOpenTransaction: offsetSchema.nullable(),
  producedPerSecond: perSecond.nullable(),
  movedAt: instant.nullable(),
  problem: problemSchema.nullable(),
});

/** The answer of `GET /clusters/:cluster/topics/:topic`. */
export const topicResponseSchema = z.object({
  now: instant,
  cluster: clusterSchema,
  topic: z.object({
    ...topicSummarySchema.shape,
    partitions: z.array(topicPartitionSchema),
  }),
});

export type Problem = z.infer<typeof problemSchema>;
export type TimeLag = z.infer<typeof timeLagSchema>;
export type Eta = z.infer<typeof etaSchema>;
export type Spark = z.infer<typeof sparkSchema>;
export type GroupSummary = z.infer<typeof groupSummarySchema>;
export type GroupPartition = z.infer<typeof groupPartitionSchema>;
export type GroupMember = z.infer<typeof groupMemberSchema>;
export type GroupEvent = z.infer<typeof groupEventSchema>;
export type GroupDetail = z.infer<typeof groupDetailSchema>;
export type Cluster = z.infer<typeof clusterSchema>;
export type ClustersResponse = z.infer<typeof clustersResponseSchema>;
export type GroupLine = z.infer<typeof groupLineSchema>;
export type GroupsInShort = z.infer<typeof groupsInShortSchema>;
export type EntityResponse = z.infer<typeof entityResponseSchema>;
export type EntityInShort = z.infer<typeof entityInShortSchema>;
export type GroupsResponse = z.infer<typeof groupsResponseSchema>;
export type GroupResponse = z.infer<typeof groupResponseSchema>;
export type HistoryRange = (typeof historyRanges)[number];
export type HistoryResponse = z.infer<typeof historyResponseSchema>;
export type ExactTimeLagResponse = z.infer<typeof exactTimeLagResponseSchema>;
export type TopicSummary = z.infer<typeof topicSummarySchema>;
export type TopicPartition = z.infer<typeof topicPartitionSchema>;
export type TopicsResponse = z.infer<typeof topicsResponseSchema>;
export type TopicResponse = z.infer<typeof topicResponseSchema>;
