import type { RootConfigService } from '@backstage/backend-plugin-api';
import { badConfig, configFields, parseConfig } from '@homelab/portal-node';
import { z } from 'zod';
import { pipelinesConfigShape, problemsOf } from './services/Pipelines';

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
  ...pipelinesConfigShape,
  alerts: z
    .object({
      enabled: flag.default(true),
      holdPolls: wholeNumber(1, 1_000).default(4),
      recoverPolls: wholeNumber(1, 1_000).default(8),
    })
    .prefault({}),
});

/** The `consumerLag` section of the configuration, parsed. */
export type ConsumerLagConfig = z.infer<typeof consumerLagSchema>;

/**
 * Reads the `consumerLag` section.
 * @param clusters the names of the Kafka clusters
 * @throws InputError that names every bad key, and never a value
 */
export function readConsumerLagConfig(
  rootConfig: RootConfigService,
  clusters: readonly string[],
): ConsumerLagConfig {
  const config = parseConfig(consumerLagSchema, rootConfig, 'consumerLag');
  const problems = problemsOf(config, clusters);
  if (problems.length > 0) throw badConfig(problems);
  return config;
}
