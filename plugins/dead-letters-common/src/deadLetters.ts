import { z } from 'zod';
import { allowanceSchema, offsetSchema } from '@homelab/portal-common';

/*
 * Routes, under `/api/dead-letters`:
 *
 * GET  /clusters                                              ClustersResponse
 * GET  /clusters/:cluster/dead-letters                        DeadLettersResponse
 * GET  /clusters/:cluster/dead-letters/:topic/letters?…       LettersPage, query LettersQuery
 * POST /clusters/:cluster/dead-letters/:topic/redrives        RedriveRequest, answers Redrive
 * GET  /clusters/:cluster/redrives?topic=&before=&limit=      RedrivesResponse
 * GET  /clusters/:cluster/redrives/:id                        Redrive
 * POST /clusters/:cluster/redrives/:id/cancel                 Redrive
 * POST /clusters/:cluster/redrives/:id/resume                 Redrive
 *
 * An invalid request answers 400, a missing permission 403, an unknown cluster, topic or
 * redrive 404, and a conflict, such as another running redrive, 409.
 */

const count = z.int().nonnegative();
const partition = z.int().min(0).max(2_147_483_647);
const time = z.iso.datetime();

const maxOffset = 2n ** 63n - 1n;
/** An offset in a request. */
const askedOffset = offsetSchema.refine(
  offset => BigInt(offset) <= maxOffset,
  'is larger than any Kafka offset',
);

/** Stands for a missing code, stage or other header. */
export const unknownCode = 'unknown';

/** Replaces masked values. */
export const maskedText = '•••';

/** The most letters that one request may name by position. */
export const maxSelectedLetters = 1_000;

/** The position of a letter in its dead-letter topic. */
export const letterPlaceSchema = z.object({
  partition,
  offset: askedOffset,
});

/** How many letters failed for the same reason. */
export const letterGroupSchema = z.object({
  /** The text of the header with the reason, or {@link unknownCode}. */
  code: z.string(),
  /** The code in words. */
  reason: z.string(),
  /** True for the one group of all rare codes; its `code` is `other`. */
  isRest: z.boolean(),
  waiting: count,
  redriven: count,
});

/** The size of a dead-letter topic and its limits. */
export const letterStorageSchema = z.object({
  /** On disk, all partitions together. */
  sizeBytes: count,
  /** Kafka's `retention.bytes`: the limit of each partition; null when there is none. */
  retentionBytes: count.nullable(),
  /** Kafka's `retention.ms`; null when letters are kept forever. */
  retentionMs: count.nullable(),
  /** True when the limit in bytes deletes letters before their retention time is over. */
  isFull: z.boolean(),
});

/** The letters of one dead-letter topic, counted. */
export const deadLetterTopicSchema = z.object({
  topic: z.string(),
  /** What its messages are, as configured, such as `Heat pump readings`; null without. */
  title: z.string().nullable(),
  /** Letters in the topic; when `isPartial` an upper bound from offsets. */
  letters: count,
  /** True when there are too many to read: the counts below cover the newest `examined`. */
  isPartial: z.boolean(),
  /** Letters that were read. */
  examined: count,
  /** Not redriven yet. */
  waiting: count,
  redriven: count,
  /** When the oldest letter failed, even when `isPartial`; null when there is none. */
  oldestFailedAt: time.nullable(),
  newestFailedAt: time.nullable(),
  /** Most frequent reason first. */
  groups: z.array(letterGroupSchema),
  /** Null when the broker does not report sizes, or not to this user. */
  storage: letterStorageSchema.nullable(),
  /** Why the topic could not be read, in one sentence, with all counts 0; null when it was read. */
  problem: z.string().nullable(),
});

/** The answer of `GET /clusters`. */
export const clustersResponseSchema = z.object({
  now: time,
  clusters: z.array(z.object({ name: z.string(), title: z.string() })),
  /** What the caller may do beyond counting. */
  actions: z.object({ peek: allowanceSchema, redrive: allowanceSchema }),
});

/** The answer of `GET /clusters/:cluster/dead-letters`. */
export const deadLettersResponseSchema = z.object({
  /** The backend's clock, for computing ages. */
  now: time,
  /** When Kafka was read; all callers share the answer. */
  checkedAt: time,
  cluster: z.string(),
  /** Most waiting letters first, empty topics included. */
  topics: z.array(deadLetterTopicSchema),
  /** The redrive that is running on the cluster; null when there is none. */
  runningRedriveId: z.uuid().nullable(),
});

/** Selects letters; absent fields select all. */
export const letterFilterSchema = z.strictObject({
  codes: z.array(z.string().max(500)).min(1).max(50).optional(),
  stage: z.string().max(500).optional(),
  /** The key as text. */
  key: z.string().max(1_000).optional(),
  /** Failed at this time or later. */
  since: time.optional(),
  /** Failed before this time. */
  until: time.optional(),
});

/** The query of `GET …/letters`; `code` may be repeated. */
export const lettersQuerySchema = z.strictObject({
  code: z
    .union([
      z.string().transform(one => [one]),
      letterFilterSchema.shape.codes.unwrap(),
    ])
    .optional(),
  stage: letterFilterSchema.shape.stage,
  key: letterFilterSchema.shape.key,
  since: letterFilterSchema.shape.since,
  until: letterFilterSchema.shape.until,
  /** The one letter at `partition:offset`. */
  at: z
    .string()
    .regex(/^\d{1,9}:\d{1,18}$/, 'must be partition:offset, such as 0:41')
    .optional(),
  /** The `nextCursor` of the previous page. */
  before: z.string().max(20_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Bytes in readable form. */
export const shownBytesSchema = z.object({
  /** `text` for UTF-8, `hex` for other bytes, `masked` when they must not be shown. */
  kind: z.enum(['text', 'hex', 'masked']),
  text: z.string(),
  /** Bytes left out because there are too many. */
  hiddenBytes: count,
});

/** The value of a letter in readable form. */
export const shownValueSchema = z.object({
  /** `none` for a record without a value, `masked` for one that must not be shown. */
  kind: z.enum(['json', 'text', 'binary', 'none', 'masked']),
  /** Indented JSON, plain text, or bytes in hexadecimal. May contain control characters. */
  text: z.string(),
  /** Size in Kafka. */
  sizeBytes: count,
  /** Bytes left out because there are too many. */
  hiddenBytes: count,
  /** True when any part of it is masked. */
  isMasked: z.boolean(),
});

/** One dead letter. */
export const deadLetterSchema = z.object({
  partition,
  offset: offsetSchema,
  /** Of the record in the dead-letter topic. */
  timestamp: time,
  /** From a header, or else `timestamp`. */
  failedAt: time,
  /** The reason in short: the header's text, or {@link unknownCode}. */
  code: z.string(),
  /** The code in words. */
  reason: z.string(),
  /** The process that gave up on it; {@link unknownCode} without a header. */
  stage: z.string(),
  /** The reason in a sentence; empty without a header. */
  message: z.string(),
  /** Where it came from, by header or configuration; null when neither says. */
  origin: z.string().nullable(),
  /** The Kafka topic that a redrive would send it to; null when no writable topic is known. */
  target: z.string().nullable(),
  /** How often it was redriven before this failure. */
  redriveCount: count,
  key: shownBytesSchema.nullable(),
  headers: z.array(z.object({ name: z.string(), value: shownBytesSchema })),
  value: shownValueSchema,
  /** Its last redrive; null while it waits. */
  redriven: z
    .object({ redriveId: z.string(), at: time, target: z.string() })
    .nullable(),
});

/** The answer of `GET …/letters`, newest first. */
export const lettersPageSchema = z.object({
  now: time,
  cluster: z.string(),
  topic: z.string(),
  /**
   * False when the caller may not read contents: message, headers and value are then left
   * out; time, reason, origin and key remain.
   */
  isOpen: z.boolean(),
  letters: z.array(deadLetterSchema),
  /** Letters that were read for this page. */
  examined: count,
  /**
   * Cursor of the next page; null at the end. With a filter a page may hold few letters or
   * none and still have a cursor, because one request reads only so many letters.
   */
  nextCursor: z.string().nullable(),
});

/** Which letters to redrive: those named by position, or all that match a filter. */
export const redriveSelectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('letters'),
    at: z.array(letterPlaceSchema).min(1).max(maxSelectedLetters),
  }),
  z.strictObject({ kind: z.literal('filter'), filter: letterFilterSchema }),
]);

const redriveOrderSchema = z.strictObject({
  selection: redriveSelectionSchema,
  /** Letters per second; the configured default when absent, refused above the maximum. */
  ratePerSecond: z.number().positive().optional(),
  /** The most letters to send. */
  limit: z.int().min(1).max(1_000_000_000).optional(),
  /** Also sends letters that were redriven before this time; when absent none of them. */
  againBefore: time.optional(),
});

/**
 * The body of `POST …/redrives`. A dry run comes first; the actual redrive names it and must
 * have the same selection. It never sends letters that failed after the dry run.
 */
export const redriveRequestSchema = z.discriminatedUnion('dryRun', [
  redriveOrderSchema.extend({ dryRun: z.literal(true) }),
  redriveOrderSchema.extend({ dryRun: z.literal(false), dryRunId: z.uuid() }),
]);

/**
 * - `running`
 * - `cancelling`: a user cancelled it; it ends after the current batch
 * - `complete`: all selected letters are sent, or counted in a dry run
 * - `limit`: the requested number of letters is sent
 * - `cancelled`: ended by a user; what was sent stays sent
 * - `interrupted`: its process ended first; it can be resumed
 * - `failed`: see `failure`; it can be resumed once that is fixed
 */
export const redriveStates = [
  'running',
  'cancelling',
  'complete',
  'limit',
  'cancelled',
  'interrupted',
  'failed',
] as const;

/** A redrive or dry run: its progress or result. */
export const redriveSchema = z.object({
  id: z.uuid(),
  cluster: z.string(),
  topic: z.string(),
  dryRun: z.boolean(),
  /** The dry run before it; null for a dry run. */
  dryRunId: z.uuid().nullable(),
  state: z.enum(redriveStates),
  /** The requested selection; for letters named by position only their number. */
  selection: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('letters'), count }),
    z.object({ kind: z.literal('filter'), filter: letterFilterSchema }),
  ]),
  ratePerSecond: z.number().positive(),
  limit: count.nullable(),
  againBefore: time.nullable(),
  /** Who started it and who resumed it, as user entity refs, with times. */
  attempts: z.array(
    z.object({ by: z.string(), startedAt: time, endedAt: time.nullable() }),
  ),
  cancelledBy: z.string().nullable(),
  createdAt: time,
  /** When the counts below were recorded. */
  updatedAt: time,
  endedAt: time.nullable(),
  /** Letters to send in total, as counted by its dry run; null for a dry run. */
  expected: count.nullable(),
  /** Letters sent, or to be sent in a dry run, over all attempts. */
  sent: count,
  targets: z.array(z.object({ target: z.string(), letters: count })),
  /** Left out because they were redriven before. */
  redrivenBefore: count,
  /** Left out because they name no Kafka topic that a redrive may write to. */
  originUnknown: count,
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** True when it can be resumed, which sends no letter twice and loses none. */
  canResume: z.boolean(),
});

/** The answer of `GET /clusters/:cluster/redrives`, newest first, without dry runs. */
export const redrivesResponseSchema = z.object({
  now: time,
  redrives: z.array(redriveSchema),
  /** Pass it as `before` for older ones; null at the end. */
  nextCursor: z.string().nullable(),
  /** The rates of redrives, in letters per second. */
  rate: z.object({
    defaultPerSecond: z.number().positive(),
    maxPerSecond: z.number().positive(),
  }),
});

/** The query of `GET /clusters/:cluster/redrives`. */
export const redrivesQuerySchema = z.strictObject({
  topic: z.string().optional(),
  before: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export type ClustersResponse = z.infer<typeof clustersResponseSchema>;
export type LetterPlace = z.infer<typeof letterPlaceSchema>;
export type LetterGroup = z.infer<typeof letterGroupSchema>;
export type LetterStorage = z.infer<typeof letterStorageSchema>;
export type DeadLetterTopic = z.infer<typeof deadLetterTopicSchema>;
export type DeadLettersResponse = z.infer<typeof deadLettersResponseSchema>;
export type LetterFilter = z.infer<typeof letterFilterSchema>;
export type LettersQuery = z.infer<typeof lettersQuerySchema>;
export type ShownBytes = z.infer<typeof shownBytesSchema>;
export type ShownValue = z.infer<typeof shownValueSchema>;
export type DeadLetter = z.infer<typeof deadLetterSchema>;
export type LettersPage = z.infer<typeof lettersPageSchema>;
export type RedriveSelection = z.infer<typeof redriveSelectionSchema>;
export type RedriveRequest = z.infer<typeof redriveRequestSchema>;
export type RedriveState = (typeof redriveStates)[number];
export type Redrive = z.infer<typeof redriveSchema>;
export type RedrivesResponse = z.infer<typeof redrivesResponseSchema>;
export type RedrivesQuery = z.infer<typeof redrivesQuerySchema>;
