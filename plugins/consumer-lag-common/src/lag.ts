import { z } from 'zod';
import {
  allowanceSchema,
  offsetSchema,
  severities,
} from '@homelab/portal-common';
import { lagStatuses } from './status';

const instant = z.iso.datetime();
const perSecond = z.number().nonnegative();

/** Why something is missing: Kafka's own error name, and a sentence. */
export const problemSchema = z.object({
  code: z.string(),
  message: z.string(),
});

/**
 * How old the oldest unread record is.
 * - `caught-up`: nothing is unread; `ms` is 0
 * - `estimated`: between two polls, off by one poll interval at most
 * - `at-least`: older than what was seen; `ms` is a lower bound
 * - `exact`: from the time in the record itself
 * - `unknown`: `ms` is null
 */
export const timeLagSchema = z.object({
  kind: z.enum(['caught-up', 'estimated', 'at-least', 'exact', 'unknown']),
  ms: z.number().nonnegative().nullable(),
});

/**
 * When a group will have read everything.
 * - `done`: it has
 * - `draining`: in `ms` at the present rates; 7 days stands for longer
 * - `steady`: it reads as fast as records come, always as far behind
 * - `falling-behind`: never; it loses `recordsPerSecond`
 * - `not-moving`: it reads nothing at all
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

/** What group, topic and partition have in common. */
const flow = {
  /** Records not read; null when nothing is known. */
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
  /** The greatest lag in each step; null where it was not known. */
  lag: z.array(z.number().nonnegative().nullable()),
});

/** A group in one line. */
export const groupSummarySchema = z.object({
  cluster: z.string(),
  groupId: z.string(),
  status: z.enum(lagStatuses),
  severity: z.enum(severities),
  /** Since when it has this status, as far as was seen. */
  since: instant,
  /** What is the matter, in one sentence; also says that nothing is. */
  sentence: z.string(),
  ...flow,
  /** Partitions whose lag is not known. */
  unknownPartitions: z.int().nonnegative(),
  partitionCount: z.int().nonnegative(),
  /** As the broker says, such as `Stable` or `Empty`; null when it did not. */
  state: z.string().nullable(),
  memberCount: z.int().nonnegative(),
  /** Since when it has no member, as far as was seen; null while it has some, and of a simple consumer. */
  memberlessSince: instant.nullable().default(null),
  /** Most records that were deleted before it read them; null when there are none. */
  lost: offsetSchema.nullable().default(null),
  topics: z.array(z.string()),
  spark: sparkSchema,
  /** When its offsets were read. */
  readAt: instant,
  /** Entities of the catalog that name it, and who owns them. */
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
  /** Offset of the oldest record kept, of the next to read, and after the newest. */
  low: offsetSchema.nullable(),
  committed: offsetSchema.nullable(),
  end: offsetSchema.nullable(),
  ...flow,
  /** Offsets deleted before the group read them: so many records at most. Null when there are none. */
  lost: offsetSchema.nullable(),
  /** Records behind a transaction that is still open; null when there are none. */
  inOpenTransaction: offsetSchema.nullable(),
  /** When the committed offset last moved, as far as was seen. */
  movedAt: instant.nullable(),
  memberId: z.string().nullable(),
});

export const groupMemberSchema = z.object({
  memberId: z.string(),
  /** Of a static member; null otherwise. */
  instanceId: z.string().nullable(),
  clientId: z.string(),
  host: z.string(),
  assigned: z.array(
    z.object({ topic: z.string(), partitions: z.array(z.int()) }),
  ),
  /** Of its partitions; null when none is known. */
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

/** Something that happened to a group: a marker in its chart. */
export const groupEventSchema = z.object({
  at: instant,
  kind: z.enum(groupEventKinds),
  severity: z.enum(severities),
  text: z.string(),
});

/** Everything known of a group. */
export const groupDetailSchema = z.object({
  ...groupSummarySchema.shape,
  /** `consumer`, `connect`; empty for a simple consumer, which never has members. */
  protocolType: z.string(),
  assignor: z.string().nullable(),
  members: z.array(groupMemberSchema),
  partitions: z.array(groupPartitionSchema),
  /**
   * How unevenly the lag lies: the share of the worst partition in the whole, and how often
   * that is its fair share; null without lag.
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

/** A cluster and how fresh what is known of it is. */
export const clusterSchema = z.object({
  name: z.string(),
  title: z.string(),
  dashboardUrl: z.string().nullable(),
  /** When it last answered; null when it never did. */
  polledAt: instant.nullable(),
  pollIntervalMs: z.number().positive(),
  /** Requests to its brokers for the last poll; null before the first. */
  requestsPerPoll: z.int().nullable(),
  /** Why the last poll failed altogether; null when it did not. */
  problem: problemSchema.nullable(),
  /** What was missing in the last poll. */
  partialProblems: z.array(problemSchema),
});

/** The answer of `GET /clusters`. */
export const clustersResponseSchema = z.object({
  /** The backend's clock: ages are counted from it, not from the browser's. */
  now: instant,
  clusters: z.array(clusterSchema),
  /** What the caller may do beyond looking. */
  actions: z.object({ reset: allowanceSchema }),
});

/** The answer of `GET /groups?cluster=name&limit=1000`, worst first. */
export const groupsResponseSchema = z.object({
  now: instant,
  clusters: z.array(clusterSchema),
  /** How many groups there are; the worst of them are listed. */
  total: z.int().nonnegative(),
  groups: z.array(groupSummarySchema),
});

/** As much of a group as one or two short lines show. */
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
  /** How many groups have each status. */
  counts: z.record(z.enum(lagStatuses), z.int().nonnegative()),
  /** Records not read, of all groups together; null when nothing is known. */
  lag: offsetSchema.nullable(),
  /** The worst groups, worst first. */
  worst: z.array(groupLineSchema),
};

/** The answer of `GET /groups/summary?cluster=name&limit=3`. */
export const groupsInShortSchema = z.object(groupsInShort);

/** The answer of `GET /entities/:kind/:namespace/:name/summary?limit=3`: the groups that an entity names. */
export const entityInShortSchema = z.object({
  ...groupsInShort,
  /** Parts of the annotation that mean no group that exists. */
  missing: z.array(z.string()),
});

/** The answer of `GET /clusters/:cluster/groups/:groupId`. */
export const groupResponseSchema = z.object({
  now: instant,
  cluster: clusterSchema,
  group: groupDetailSchema,
});

/** Ranges of history; raw values up to a day, 5 minutes each beyond. */
export const historyRanges = ['1h', '6h', '24h', '14d'] as const;

/** The answer of `GET /clusters/:cluster/groups/:groupId/history?range=1h&topic=name`. */
export const historyResponseSchema = z.object({
  from: instant,
  to: instant,
  /** Time between two points; missing points are gaps. */
  stepMs: z.number().positive(),
  points: z.array(
    z.object({
      at: instant,
      /** The greatest in the step. */
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
  /** The time in that record; null when nothing is unread, and when it holds none. */
  recordAt: instant.nullable(),
  timeLag: timeLagSchema,
});

/** A Kafka topic in one line. */
export const topicSummarySchema = z.object({
  cluster: z.string(),
  topic: z.string(),
  isInternal: z.boolean(),
  partitionCount: z.int().nonnegative(),
  /** Records kept; gaps of compaction and transactions count too. */
  records: offsetSchema.nullable(),
  producedPerSecond: perSecond.nullable(),
  /** When its end was last seen to move; null when it was not. */
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
  /** The dead-letter topic that takes what fails here; null when none is known. */
  deadLetterTopic: z.string().nullable(),
  /** Whether it is a dead-letter topic itself. */
  isDeadLetters: z.boolean(),
  readAt: instant,
  problem: problemSchema.nullable(),
});

/** The answer of `GET /topics?cluster=name&limit=2000`, by name. */
export const topicsResponseSchema = z.object({
  now: instant,
  clusters: z.array(clusterSchema),
  /** How many Kafka topics there are; the first of them are listed. */
  total: z.int().nonnegative(),
  topics: z.array(topicSummarySchema),
});

/** The answer of `GET /entities/:kind/:namespace/:name`. */
export const entityResponseSchema = z.object({
  now: instant,
  clusters: z.array(clusterSchema),
  groups: z.array(groupSummarySchema),
  /** Parts of the annotation that mean no group that exists. */
  missing: z.array(z.string()),
});

export const topicPartitionSchema = z.object({
  partition: z.int().nonnegative(),
  /** Node id of the leader; null when there is none. */
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
