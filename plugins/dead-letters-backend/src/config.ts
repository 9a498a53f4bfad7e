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

/** How the dead letters of one cluster are told and handled. */
export interface DeadLettersConfig {
  /** Tells the dead-letter topics from the others. */
  readonly topics: DeadLetterTopics;
  /** The headers of its letters. */
  readonly format: LetterFormat;
  /** Codes in words. */
  readonly reasons: Readonly<Record<string, string>>;
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
  reasons: textMap.optional(),
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

/** The common section also has what is the same for all clusters. */
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

/** Which actions the configuration switches on; counts are always shown. */
export interface EnabledActions {
  readonly peek: boolean;
  readonly redrive: boolean;
}

/**
 * Reads `deadLetters`, and over it the `deadLetters` of one cluster.
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
    places: {
      // As before this was a plugin of its own: another ledger would forget what was redriven.
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
 * Refuses what was `consumerLag` before dead letters were a plugin of their own: a mask that
 * nobody reads would show what it hides.
 * @throws InputError that says where each key is now
 */
export function refuseOldKeys(root: Config): void {
  refuseMovedKeys(root, {
    'consumerLag.deadLetters': 'deadLetters',
    'consumerLag.mask': 'deadLetters.mask',
    'consumerLag.actions.peek': 'deadLetters.actions.peek',
    'consumerLag.actions.redrive': 'deadLetters.actions.redrive',
  });
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
 * Reads `deadLetters.mask`. Where fields are masked, values that are no JSON are hidden too
 * unless `unparsed: false` says otherwise.
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
