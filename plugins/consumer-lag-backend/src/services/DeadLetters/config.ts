import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { commonLetterFormat, isOneOf } from '@homelab/dead-letters';
import type { LetterFormat, RedrivePlaces } from '@homelab/dead-letters';
import { z } from 'zod';
import type { MaskConfig } from './masking';

/** How the dead letters of one cluster are told and handled. */
export interface DeadLettersConfig {
  /** Tells the dead-letter topics from the others. */
  readonly isDeadLetterTopic: (topic: string) => boolean;
  /** The headers of its letters. */
  readonly format: LetterFormat;
  /** Where letters of a topic come from when they do not say; undefined when that is not known. */
  readonly originOf: (topic: string) => string | undefined;
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
  cluster: {
    readonly name: string;
    readonly clientId: string;
    /** Names of dead-letter topics; `*` stands for the topic whose letters they hold. */
    readonly topics: readonly string[];
  },
): DeadLettersConfig {
  const common = parseSection(
    deadLettersSchema,
    root,
    'consumerLag.deadLetters',
    {},
  );
  const index = (root.getOptionalConfigArray('consumerLag.clusters') ?? [])
    .map(one => one.getOptionalString('name'))
    .indexOf(cluster.name);
  const own =
    index < 0
      ? {}
      : parseSection(
          deadLettersSchema,
          root,
          `consumerLag.clusters[${index}].deadLetters`,
          {},
        );
  return completed(
    { topics: [...cluster.topics], ...own },
    common,
    cluster.clientId,
  );
}

function completed(
  own: RawDeadLetters,
  common: RawDeadLetters,
  clientId: string,
): DeadLettersConfig {
  const raw = { ...common, ...own };
  const topics = own.topics ?? [];
  // What is said of a topic goes before what its name says.
  const origins = [
    ...Object.entries(raw.origins ?? {}),
    ...topics.filter(one => one.includes('*')).map(one => [one, '*']),
  ];
  return {
    isDeadLetterTopic: topic =>
      !topic.startsWith('__') && isOneOf(topic, topics),
    format: formatOf(raw),
    originOf(topic) {
      for (const [pattern, origin] of origins) {
        const found = captured(topic, pattern);
        if (found !== undefined) return origin.replace('*', () => found);
      }
      return undefined;
    },
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

/** What the `*` of a pattern stands for in a name; undefined when the pattern does not fit. */
function captured(name: string, pattern: string): string | undefined {
  const cut = pattern.indexOf('*');
  if (cut < 0) return pattern === name ? '' : undefined;
  const [start, end] = [pattern.slice(0, cut), pattern.slice(cut + 1)];
  const fits =
    name.length >= start.length + end.length &&
    name.startsWith(start) &&
    name.endsWith(end);
  return fits ? name.slice(start.length, name.length - end.length) : undefined;
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
