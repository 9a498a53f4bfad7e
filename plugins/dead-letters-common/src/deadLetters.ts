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
 * A request that does not fit answers 400, a missing permission 403, an unknown cluster,
 * topic or redrive 404, and what cannot be done now (another redrive runs) 409.
 */

const count = z.int().nonnegative();
const partition = z.int().min(0).max(2_147_483_647);
const time = z.iso.datetime();

const maxOffset = 2n ** 63n - 1n;
/** An offset that a request may name. */
const askedOffset = offsetSchema.refine(
  offset => BigInt(offset) <= maxOffset,
  'no offset is as large',
);

/** Stands for a code, stage or other header that is missing. */
export const unknownCode = 'unknown';

/** Stands wherever a value is masked. */
export const maskedText = '•••';

/** Most letters that one request may name by their places. */
export const maxSelectedLetters = 1_000;

/** Where a letter lies in its dead-letter topic. */
export const letterPlaceSchema = z.object({
  partition,
  offset: askedOffset,
});

/** How many letters failed for the same reason. */
export const letterGroupSchema = z.object({
  /** The text of the header that says why, or {@link unknownCode}. */
  code: z.string(),
  /** The code in words. */
  reason: z.string(),
  /** True of the one group that gathers all rare codes; its `code` is `other`. */
  isRest: z.boolean(),
  waiting: count,
  redriven: count,
});

/** How much of its bound in bytes a dead-letter topic uses. */
export const letterStorageSchema = z.object({
  /** On disk, all partitions together. */
  sizeBytes: count,
  /** Kafka's `retention.bytes`: the bound of one partition; null when there is none. */
  retentionBytes: count.nullable(),
  /** Kafka's `retention.ms`; null when letters are kept for ever. */
  retentionMs: count.nullable(),
  /** True when the bound in bytes deletes letters before their time is over. */
  isFull: z.boolean(),
});

/** What one dead-letter topic holds. */
export const deadLetterTopicSchema = z.object({
  topic: z.string(),
  /** Letters that lie there; counted by offsets, and so "at most", when `isPartial`. */
  letters: count,
  /** True when there are too many to look at: the numbers below are of the newest `examined`. */
  isPartial: z.boolean(),
  /** Letters that were looked at. */
  examined: count,
  /** Not redriven yet. */
  waiting: count,
  redriven: count,
  /** When the oldest letter failed, also when `isPartial`; null when there is none. */
  oldestFailedAt: time.nullable(),
  newestFailedAt: time.nullable(),
  /** The most frequent reason first. */
  groups: z.array(letterGroupSchema),
  /** Null when Kafka does not tell: not every broker does, nor to everybody. */
  storage: letterStorageSchema.nullable(),
  /** Why the topic could not be read, in one sentence; then the counts are 0. Else null. */
  problem: z.string().nullable(),
});

/** The answer of `GET /clusters`. */
export const clustersResponseSchema = z.object({
  now: time,
  clusters: z.array(z.object({ name: z.string(), title: z.string() })),
  /** What the caller may do beyond looking. */
  actions: z.object({ peek: allowanceSchema, redrive: allowanceSchema }),
});

/** The answer of `GET /clusters/:cluster/dead-letters`. */
export const deadLettersResponseSchema = z.object({
  /** The backend's clock: ages are counted from it. */
  now: time,
  /** When Kafka was asked; the answer is shared by all browsers. */
  checkedAt: time,
  cluster: z.string(),
  /** Most waiting letters first; topics without letters too. */
  topics: z.array(deadLetterTopicSchema),
  /** The redrive that runs on the cluster now; null when none does. */
  runningRedriveId: z.uuid().nullable(),
});

/** Which letters are meant; what is absent selects all. */
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

/** The query of `GET …/letters`; `code` may be given several times. */
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
    .regex(/^\d{1,9}:\d{1,18}$/, 'a place is partition:offset, such as 0:41')
    .optional(),
  /** `nextCursor` of the page before. */
  before: z.string().max(20_000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Bytes as a person can read them. */
export const shownBytesSchema = z.object({
  /** `text` of UTF-8, `hex` of other bytes, `masked` when they must not be seen. */
  kind: z.enum(['text', 'hex', 'masked']),
  text: z.string(),
  /** How many bytes are not shown because there are too many. */
  hiddenBytes: count,
});

/** The value of a letter as a person can read it. */
export const shownValueSchema = z.object({
  /** `none` is a record without value, `masked` one that must not be seen. */
  kind: z.enum(['json', 'text', 'binary', 'none', 'masked']),
  /** JSON with indents, text as it is, or bytes in hexadecimal. May hold control characters. */
  text: z.string(),
  /** Size in Kafka. */
  sizeBytes: count,
  /** How many bytes are not shown because there are too many. */
  hiddenBytes: count,
  /** True when something in it is masked. */
  isMasked: z.boolean(),
});

/** One dead letter. */
export const deadLetterSchema = z.object({
  partition,
  offset: offsetSchema,
  /** Of the record in the dead-letter topic. */
  timestamp: time,
  /** As a header says, else `timestamp`. */
  failedAt: time,
  /** Why, in a word: the header's text, or {@link unknownCode}. */
  code: z.string(),
  /** The code in words. */
  reason: z.string(),
  /** Who gave up; {@link unknownCode} when nobody said. */
  stage: z.string(),
  /** Why, in a sentence; empty when nobody said. */
  message: z.string(),
  /** Where it came from as its header or the configuration says; null when nobody said. */
  origin: z.string().nullable(),
  /** The Kafka topic that a redrive would send it to; null when there is none that may be written to. */
  target: z.string().nullable(),
  /** How often it was redriven before it came here. */
  redriveCount: count,
  key: shownBytesSchema.nullable(),
  headers: z.array(z.object({ name: z.string(), value: shownBytesSchema })),
  value: shownValueSchema,
  /** How it was redriven last; null while it waits. */
  redriven: z
    .object({ redriveId: z.string(), at: time, target: z.string() })
    .nullable(),
});

/** The answer of `GET …/letters`, the newest first. */
export const lettersPageSchema = z.object({
  now: time,
  cluster: z.string(),
  topic: z.string(),
  /**
   * False when the caller may not read what is in letters: message, headers and value are
   * left out then; when, why, where from and the key are there.
   */
  isOpen: z.boolean(),
  letters: z.array(deadLetterSchema),
  /** Letters that were looked at for this page. */
  examined: count,
  /**
   * Where to go on; null at the end. With a filter a page may hold few letters or none and
   * still have a cursor: so many letters were looked at that it is better to ask again.
   */
  nextCursor: z.string().nullable(),
});

/** Which letters to redrive: those named (one or several), or all that a filter selects. */
export const redriveSelectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('letters'),
    at: z.array(letterPlaceSchema).min(1).max(maxSelectedLetters),
  }),
  z.strictObject({ kind: z.literal('filter'), filter: letterFilterSchema }),
]);

const redriveOrderSchema = z.strictObject({
  selection: redriveSelectionSchema,
  /** Letters a second; the configured default when absent, refused above the maximum. */
  ratePerSecond: z.number().positive().optional(),
  /** Most letters to send. */
  limit: z.int().min(1).max(1_000_000_000).optional(),
  /** Letters that were redriven before this time are sent again; none when absent. */
  againBefore: time.optional(),
});

/**
 * The body of `POST …/redrives`. A dry run comes first: the redrive for good names it, and
 * must select the same. It never sends letters that came after the dry run.
 */
export const redriveRequestSchema = z.discriminatedUnion('dryRun', [
  redriveOrderSchema.extend({ dryRun: z.literal(true) }),
  redriveOrderSchema.extend({ dryRun: z.literal(false), dryRunId: z.uuid() }),
]);

/**
 * - `running`: it works
 * - `cancelling`: somebody cancelled it; it ends after the letters in hand
 * - `complete`: every letter that was meant is sent, or in a dry run looked at
 * - `limit`: as many letters as were asked for are sent
 * - `cancelled`: ended by somebody; what was sent stays sent
 * - `interrupted`: its process ended before it did; resume it
 * - `failed`: see `failure`; resume it once that is fixed
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

/** A redrive or dry run: how far it is, or how it ended. */
export const redriveSchema = z.object({
  id: z.uuid(),
  cluster: z.string(),
  topic: z.string(),
  dryRun: z.boolean(),
  /** The dry run before it; null of a dry run. */
  dryRunId: z.uuid().nullable(),
  state: z.enum(redriveStates),
  /** What was asked for; of single letters only how many. */
  selection: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('letters'), count }),
    z.object({ kind: z.literal('filter'), filter: letterFilterSchema }),
  ]),
  ratePerSecond: z.number().positive(),
  limit: count.nullable(),
  againBefore: time.nullable(),
  /** User entity refs with times: who started it, and who resumed it. */
  attempts: z.array(
    z.object({ by: z.string(), startedAt: time, endedAt: time.nullable() }),
  ),
  cancelledBy: z.string().nullable(),
  createdAt: time,
  /** When the numbers below were noted. */
  updatedAt: time,
  endedAt: time.nullable(),
  /** Letters that it will send in all, as its dry run counted; null of a dry run. */
  expected: count.nullable(),
  /** Letters sent or, in a dry run, to be sent; all attempts together. */
  sent: count,
  targets: z.array(z.object({ target: z.string(), letters: count })),
  /** Left out because they were redriven before. */
  redrivenBefore: count,
  /** Left out because they name no Kafka topic that a redrive may write to. */
  originUnknown: count,
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** True when `resume` goes on with it: none is sent twice and none is lost. */
  canResume: z.boolean(),
});

/** The answer of `GET /clusters/:cluster/redrives`: dry runs are left out, the newest first. */
export const redrivesResponseSchema = z.object({
  now: time,
  redrives: z.array(redriveSchema),
  /** Give it as `before` for older ones; null at the end. */
  nextCursor: z.string().nullable(),
  /** Rates that a redrive may have. */
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
