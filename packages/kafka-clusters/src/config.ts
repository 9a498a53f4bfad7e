import type { Config } from '@backstage/config';
import {
  badConfig,
  configFields,
  parseConfig,
  refuseMovedKeys,
} from '@homelab/portal-node';
import { brokerListField } from '@homelab/kafka';
import { z } from 'zod';
import type { ClusterConnection } from './types';

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
  // Other plugins have their own keys here.
  .loose();

const kafkaSchema = z.object({
  clientId: text.default('backstage'),
  clusters: z.array(clusterSchema).default([]),
});

/** A Kafka cluster of the configuration. */
export interface ClusterConfig {
  readonly name: string;
  readonly title: string;
  readonly dashboardUrl: string | null;
  readonly connection: ClusterConnection;
}

/**
 * Reads `kafka.clusters`.
 * @throws InputError naming every bad key, never a value
 */
export function readClusters(root: Config): ClusterConfig[] {
  refuseMovedKeys(root, {
    'consumerLag.clusters': 'kafka.clusters',
    'consumerLag.clientId': 'kafka.clientId',
  });
  const { clientId, clusters } = parseConfig(kafkaSchema, root, 'kafka');
  const names = clusters.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw badConfig([
      `kafka.clusters: the name ${twice} is used twice; give each cluster its own`,
    ]);
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
