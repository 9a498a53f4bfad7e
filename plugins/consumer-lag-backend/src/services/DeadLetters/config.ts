import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { commonLetterFormat } from '@homelab/dead-letters';
import type { LetterFormat, RedrivePlaces } from '@homelab/dead-letters';
import { z } from 'zod';
import { createDeadLetterTopics } from '../../lag/deadLetterTopics';
import type { DeadLetterTopics } from '../../lag/deadLetterTopics';
import type { MaskConfig } from './masking';

/** How the dead letters of one cluster are told and handled. */
export interface DeadLettersConfig {
  /** Tells the dead-letter topics from the others. */
  readonly topics: DeadLetterTopics;
  /** The headers of its letters. */
  readonly format: LetterFormat;
  readonly places: RedrivePlaces;
  /** Creates the ledger topic when it is missing. */
  readonly createLedger: boolean;
  /** Letters of one topic that are looked at for its summary. */
  readonly maxExamined: number;
  /** For so long a summary is shown before Kafka is asked again. */
  readonly refreshIntervalMs: number;
}

/** Limits of redrives, of all clusters. */
export interface RedriveLimits {
  readonly defaultRatePerSecond: number;
  readonly maxRatePerSecond: number;
}

const defaultTopics = ['*.dlq', '*-dlq', '*.dlt', '*-dlt', '*.DLT'];

const names = z.array(z.string().min(1));
const textMap = z.record(z.string(), z.string().min(1));

const deadLettersSchema = z.strictObject({
  topics: names.optional(),
  headers: z
    .strictObject({
      code: names,
      stage: names,
      message: names,
      origin: names,
      failedAt: names,
      redriveCount: names,
    })
    .partial()
    .optional(),
  codes: names.optional(),
  failureHeaders: names.optional(),
  redriveCountHeader: z.string().min(1).optional(),
  origins: textMap.optional(),
  targets: textMap.optional(),
  writableTopics: names.optional(),
  ledgerTopic: z.string().min(1).optional(),
  transactionalId: z.string().min(1).optional(),
  createLedger: z.boolean().optional(),
  maxExamined: z.coerce.number().int().min(100).max(1_000_000).optional(),
  refreshIntervalMs: z.coerce.number().int().min(1_000).optional(),
});

type RawDeadLetters = z.infer<typeof deadLettersSchema>;

const maskSchema = z.strictObject({
  fields: names.default([]),
  headers: names.default([]),
  keys: z.boolean().default(false),
  unparsed: z.boolean().optional(),
});

const rate = z.coerce.number().positive().max(1_000_000);
const limitsSchema = z
  .object({
    defaultRatePerSecond: rate.default(50),
    maxRatePerSecond: rate.default(1_000),
  })
  .refine(
    limits => limits.defaultRatePerSecond <= limits.maxRatePerSecond,
    'defaultRatePerSecond must not be above maxRatePerSecond',
  );

/**
 * Reads `consumerLag.deadLetters`, and over it the `deadLetters` of one cluster.
 * @throws InputError naming the first thing that is wrong
 */
export function readDeadLettersConfig(
  root: Config,
  cluster: { readonly name: string; readonly clientId: string },
): DeadLettersConfig {
  const common = parseSection(
    deadLettersSchema,
    root,
    'consumerLag.deadLetters',
    {},
  );
  const index = (root.getOptionalConfigArray('kafka.clusters') ?? [])
    .map(one => one.getOptionalString('name'))
    .indexOf(cluster.name);
  const own =
    index < 0
      ? {}
      : parseSection(
          deadLettersSchema,
          root,
          `kafka.clusters[${index}].deadLetters`,
          {},
        );
  return completed({ ...common, ...own }, cluster.clientId);
}

function completed(raw: RawDeadLetters, clientId: string): DeadLettersConfig {
  return {
    topics: createDeadLetterTopics({
      topics: raw.topics ?? defaultTopics,
      origins: raw.origins,
    }),
    format: formatOf(raw),
    places: {
      ledgerTopic: raw.ledgerTopic ?? 'consumer-lag.redrives',
      targetOf: raw.targets ?? {},
      originTopics: raw.writableTopics ?? [],
      transactionalId: raw.transactionalId ?? `${clientId}-redrive`,
    },
    createLedger: raw.createLedger ?? true,
    maxExamined: raw.maxExamined ?? 10_000,
    refreshIntervalMs: raw.refreshIntervalMs ?? 15_000,
  };
}

/** Headers that are configured come before those that are common. */
function formatOf(raw: RawDeadLetters): LetterFormat {
  const { headers, failureHeaders, redriveCountHeader } = commonLetterFormat;
  const own = raw.headers ?? {};
  const counter = raw.redriveCountHeader ?? redriveCountHeader;
  return {
    headers: {
      code: [...(own.code ?? []), ...headers.code],
      stage: [...(own.stage ?? []), ...headers.stage],
      message: [...(own.message ?? []), ...headers.message],
      origin: [...(own.origin ?? []), ...headers.origin],
      failedAt: [...(own.failedAt ?? []), ...headers.failedAt],
      redriveCount: [
        ...(own.redriveCount ?? []),
        counter,
        ...headers.redriveCount,
      ],
    },
    ...(raw.codes && { codes: raw.codes }),
    failureHeaders: [...(raw.failureHeaders ?? []), ...failureHeaders],
    redriveCountHeader: counter,
  };
}

/**
 * Reads `consumerLag.mask`. Where fields are masked, values that are no JSON are hidden too
 * unless `unparsed: false` says otherwise.
 * @throws InputError naming the first thing that is wrong
 */
export function readMaskConfig(root: Config): MaskConfig {
  const mask = parseSection(maskSchema, root, 'consumerLag.mask', {});
  return { ...mask, unparsed: mask.unparsed ?? mask.fields.length > 0 };
}

/**
 * Reads the rates of `consumerLag.actions.redrive`.
 * @throws InputError naming the first thing that is wrong
 */
export function readRedriveLimits(root: Config): RedriveLimits {
  return parseSection(limitsSchema, root, 'consumerLag.actions.redrive', {});
}

function parseSection<T extends z.ZodType>(
  schema: T,
  root: Config,
  path: string,
  absent: unknown,
): z.output<T> {
  const parsed = schema.safeParse(valueAt(root, path) ?? absent);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = [path, ...(issue?.path ?? [])].join('.');
  throw new InputError(
    `${key} in the configuration is not valid: ${issue?.message}.`,
  );
}

/** Config itself cannot go into lists. */
function valueAt(root: Config, path: string): unknown {
  const [, list, index, rest] = /^(.*)\[(\d+)\]\.(.*)$/.exec(path) ?? [];
  if (list === undefined) return root.getOptional(path);
  return root.getOptionalConfigArray(list)?.[Number(index)]?.getOptional(rest);
}
