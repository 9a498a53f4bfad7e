import type { RootConfigService } from '@backstage/backend-plugin-api';
import { configFields, parseConfig } from '@homelab/portal-node';
import { z } from 'zod';

const { text, flag, wholeNumber } = configFields;

const consumerLagSchema = z.object({
  pollIntervalSeconds: wholeNumber(1, 3_600).default(15),
  groups: z.object({ exclude: z.array(text).default([]) }).prefault({}),
  judgement: z
    .object({
      minSamples: wholeNumber(3, 100).default(10),
      allowedLag: wholeNumber(0, 1_000_000_000).default(0),
    })
    .prefault({}),
  alerts: z
    .object({
      enabled: flag.default(true),
      holdPolls: wholeNumber(1, 1_000).default(4),
      recoverPolls: wholeNumber(1, 1_000).default(8),
    })
    .prefault({}),
});

/** The parsed `consumerLag` section. */
export type ConsumerLagConfig = z.infer<typeof consumerLagSchema>;

/**
 * Reads the `consumerLag` section.
 * @throws InputError that names every bad key, and never a value
 */
export function readConsumerLagConfig(
  rootConfig: RootConfigService,
): ConsumerLagConfig {
  return parseConfig(consumerLagSchema, rootConfig, 'consumerLag');
}
