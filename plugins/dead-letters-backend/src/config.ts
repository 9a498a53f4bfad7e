import type { Config } from '@backstage/config';
import { commonLetterFormat } from '@homelab/dead-letters';
import type { LetterFormat, RedrivePlaces } from '@homelab/dead-letters';
import {
  deadLettersSections,
  readDeadLetterTopics,
} from '@homelab/plugin-dead-letters-node';
import type { DeadLetterTopics } from '@homelab/plugin-dead-letters-node';
import {
  isSwitchedOn,
  parseConfig,
  parseSection,
  refuseMovedKeys,
} from '@homelab/portal-node';
import { z } from 'zod';
import type { MaskConfig } from './services/Letters/masking';

/** How to recognize and handle the dead letters of one cluster. */
export interface DeadLettersConfig {
  /** Which topics hold dead letters. */
  readonly topics: DeadLetterTopics;
  /** The headers of its letters. */
  readonly format: LetterFormat;
  /** Codes in words. */
  readonly reasons: Readonly<Record<string, string>>;
  /** What the messages of a dead-letter topic are, in words. */
  readonly titles: Readonly<Record<string, string>>;
  readonly places: RedrivePlaces;
  /** Creates the ledger topic when it is missing. */
  readonly createLedger: boolean;
  /** How many of a topic's newest letters its summary reads. */
  readonly maxExamined: number;
  /** How long a summary is served before Kafka is read again. */
  readonly refreshIntervalMs: number;
}

/** Rates of redrives, in letters per second, the same for all clusters. */
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
  reasons: textMap.optional(),
  titles: textMap.optional(),
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

/** The common section also has settings that no cluster overrides. */
const commonSchema = deadLettersSchema.extend({
  actions: z.unknown().optional(),
  mask: z.unknown().optional(),
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

/** Which actions the configuration switches on; counting always is. */
export interface EnabledActions {
  readonly peek: boolean;
  readonly redrive: boolean;
}

/**
 * Reads `deadLetters`, overridden by the `deadLetters` of one cluster.
 * @throws InputError that names every bad key
 */
export function readDeadLettersConfig(
  root: Config,
  cluster: { readonly name: string; readonly clientId: string },
): DeadLettersConfig {
  const { common, own } = deadLettersSections(root, cluster.name);
  const { actions, mask, ...shared } = parseSection(
    commonSchema,
    common.value,
    common.key,
  );
  const raw: RawDeadLetters = {
    ...shared,
    ...parseSection(deadLettersSchema, own.value, own.key),
  };
  return {
    topics: readDeadLetterTopics(root, cluster.name),
    format: formatOf(raw),
    reasons: raw.reasons ?? {},
    titles: raw.titles ?? {},
    places: {
      // The name from before this was a separate plugin: a new ledger would be empty.
      ledgerTopic: raw.ledgerTopic ?? 'consumer-lag.redrives',
      targetOf: raw.targets ?? {},
      originTopics: raw.writableTopics ?? [],
      transactionalId: raw.transactionalId ?? `${cluster.clientId}-redrive`,
    },
    createLedger: raw.createLedger ?? true,
    maxExamined: raw.maxExamined ?? 10_000,
    refreshIntervalMs: raw.refreshIntervalMs ?? 15_000,
  };
}

/** Reads which of `deadLetters.actions` are switched on. */
export function readEnabledActions(root: Config): EnabledActions {
  return {
    peek: isSwitchedOn(root, 'deadLetters.actions.peek.enabled'),
    redrive: isSwitchedOn(root, 'deadLetters.actions.redrive.enabled'),
  };
}

/**
 * Refuses keys from before dead letters were a separate plugin: an ignored mask would expose
 * what it should hide.
 * @throws InputError that names the new key of each
 */
export function refuseOldKeys(root: Config): void {
  refuseMovedKeys(root, {
    'consumerLag.deadLetters': 'deadLetters',
    'consumerLag.mask': 'deadLetters.mask',
    'consumerLag.actions.peek': 'deadLetters.actions.peek',
    'consumerLag.actions.redrive': 'deadLetters.actions.redrive',
  });
}

/** Configured headers come before the common ones. */
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
 * Reads `deadLetters.mask`. If there are fields, values that are not JSON are hidden too,
 * unless `unparsed` is false.
 * @throws InputError that names every bad key
 */
export function readMaskConfig(root: Config): MaskConfig {
  const mask = parseConfig(maskSchema, root, 'deadLetters.mask');
  return { ...mask, unparsed: mask.unparsed ?? mask.fields.length > 0 };
}

/**
 * Reads the rates of `deadLetters.actions.redrive`.
 * @throws InputError that names every bad key
 */
export function readRedriveLimits(root: Config): RedriveLimits {
  return parseConfig(limitsSchema, root, 'deadLetters.actions.redrive');
}
