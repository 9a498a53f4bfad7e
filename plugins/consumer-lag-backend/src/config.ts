import type { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { brokerListField } from '@homelab/kafka';
import {
  badConfig,
  configFields,
  isSwitchedOn,
  parseConfig,
} from '@homelab/portal-node';
import { z } from 'zod';
import type { EnabledActions } from './router/authorize';
import type { ClusterConnection } from './services/KafkaCluster';
import { pipelinesConfigShape, problemsOf } from './services/Pipelines';

const { text, flag, wholeNumber } = configFields;

const mechanisms = {
  plain: 'PLAIN',
  'scram-sha-256': 'SCRAM-SHA-256',
  'scram-sha-512': 'SCRAM-SHA-512',
} as const;

const clusterSchema = z
  .object({
    name: text,
    title: text.optional(),
    dashboardUrl: configFields.link.optional(),
    brokers: brokerListField,
    ssl: z
      .union([
        flag,
        z.object({
          ca: text.optional(),
          cert: text.optional(),
          key: text.optional(),
          rejectUnauthorized: flag.optional(),
        }),
      ])
      .default(false),
    sasl: z
      .object({
        mechanism: z
          .enum(['plain', 'scram-sha-256', 'scram-sha-512'])
          .transform(name => mechanisms[name]),
        username: text,
        password: text,
      })
      .optional(),
    requestTimeoutMs: wholeNumber(100, 300_000).default(10_000),
  })
  // The community plugin has keys that mean nothing here.
  .loose();

const consumerLagSchema = z.object({
  clientId: text.default('backstage-consumer-lag'),
  clusters: z.array(clusterSchema).default([]),
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

const communitySchema = z.object({
  clientId: text.optional(),
  clusters: z.array(clusterSchema).default([]),
});

type ParsedCluster = z.infer<typeof clusterSchema>;

/** A cluster to watch. */
export interface ClusterConfig {
  readonly name: string;
  readonly title: string;
  readonly dashboardUrl: string | null;
  readonly connection: ClusterConnection;
}

/** The `consumerLag` section of the configuration, parsed. */
export type ConsumerLagConfig = Omit<
  z.infer<typeof consumerLagSchema>,
  'clusters' | 'clientId'
> & { readonly clusters: readonly ClusterConfig[] };

/**
 * Reads the `consumerLag` section. Without clusters of its own it takes those of `kafka`,
 * where the community's Kafka plugin has them.
 * @throws InputError that names every bad key, and never a value
 */
export function readConsumerLagConfig(
  rootConfig: RootConfigService,
): ConsumerLagConfig {
  const own = parseConfig(consumerLagSchema, rootConfig, 'consumerLag');
  const { clusters: _clusters, clientId: _clientId, ...rest } = own;
  const config = { ...rest, clusters: clustersOf(rootConfig, own) };
  const problems = problemsOf(
    config,
    config.clusters.map(({ name }) => name),
  );
  if (problems.length > 0) throw badConfig(problems);
  return config;
}

/** Reads which of `consumerLag.actions` are switched on. */
export function readEnabledActions(
  rootConfig: RootConfigService,
): EnabledActions {
  const isEnabled = (action: keyof EnabledActions) =>
    isSwitchedOn(rootConfig, `consumerLag.actions.${action}.enabled`);
  return {
    peek: isEnabled('peek'),
    redrive: isEnabled('redrive'),
    reset: isEnabled('reset'),
  };
}

function clustersOf(
  rootConfig: RootConfigService,
  { clusters, clientId }: z.infer<typeof consumerLagSchema>,
): ClusterConfig[] {
  if (clusters.length > 0) return named(clusters, clientId);
  const community = parseConfig(communitySchema, rootConfig, 'kafka');
  return named(community.clusters, community.clientId ?? clientId);
}

function named(
  clusters: readonly ParsedCluster[],
  clientId: string,
): ClusterConfig[] {
  const names = clusters.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new InputError(
      `The configuration names the Kafka cluster ${twice} twice. Give each cluster a name of its own.`,
    );
  return clusters.map(cluster => ({
    name: cluster.name,
    title: cluster.title ?? cluster.name,
    dashboardUrl: cluster.dashboardUrl ?? null,
    connection: {
      brokers: cluster.brokers,
      clientId,
      ...(cluster.ssl !== false && { tls: cluster.ssl }),
      ...(cluster.sasl && { sasl: cluster.sasl }),
      requestTimeoutMs: cluster.requestTimeoutMs,
    },
  }));
}
